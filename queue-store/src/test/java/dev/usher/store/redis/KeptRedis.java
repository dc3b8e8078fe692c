package dev.usher.store.redis;

/** What the tests' Redis loses, and what it goes back to as another server would. */
public final class KeptRedis {
  /** Moves every key to another name, which keeps what it holds and until when. */
  private static final String COPY =
      "for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do redis.call('COPY', key, ARGV[2]"
          + " .. string.sub(key, #ARGV[1] + 1), 'REPLACE') end return 1";

  private static final String DELETE =
      "for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do redis.call('DEL', key) end"
          + " return 1";

  /** As if another server had written what is there. */
  private static final String ANOTHER =
      "for _, key in ipairs(redis.call('KEYS', 'usher:*:state')) do"
          + " redis.call('HSET', key, 'server', 'another') end return 1";

  private KeptRedis() {}

  /** Knows every script, so that none has to be sent twice and comes behind those after it. */
  public static void learnScripts() {
    for (NamedScript named : Scripts.ALL) {
      TestRedis.ask("SCRIPT", "LOAD", named.script().text());
    }
  }

  /** Everything is gone, as after the start of a server without persistence. */
  public static void lose() {
    TestRedis.ask("EVAL", DELETE, "0", "usher:");
  }

  /** What is kept now; running it, the store goes back there, as another server would. */
  public static Runnable snapshot() {
    TestRedis.ask("EVAL", DELETE, "0", "kept:");
    TestRedis.ask("EVAL", COPY, "0", "usher:", "kept:");
    return () -> {
      lose();
      TestRedis.ask("EVAL", COPY, "0", "kept:", "usher:");
      TestRedis.ask("EVAL", ANOTHER, "0");
    };
  }
}
