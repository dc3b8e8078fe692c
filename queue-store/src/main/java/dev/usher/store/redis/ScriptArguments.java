package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script is asked with: its keys and arguments, in the order in which its head names them.
 */
final class ScriptArguments {
  private final NamedScript script;
  private final List<String> keys = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  ScriptArguments(NamedScript script) {
    this.script = script;
  }

  /** The next key, which the script touches. */
  ScriptArguments key(String name, String key) {
    script.keys().check(keys.size(), name);
    keys.add(key);
    return this;
  }

  /** The next argument: numbers and text as they are, bits as bytes. */
  ScriptArguments with(String name, Object value) {
    script.arguments().check(arguments.size(), name);
    arguments.add(value);
    return this;
  }

  /** Asks; refuses to, when a key or an argument is missing. */
  Future<ScriptReply> ask(RedisLink link) {
    script.keys().checkWhole(keys.size());
    script.arguments().checkWhole(arguments.size());
    return link.run(script.script(), keys, arguments);
  }
}
