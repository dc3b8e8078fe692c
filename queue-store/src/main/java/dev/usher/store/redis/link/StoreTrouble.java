package dev.usher.store.redis.link;

import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why Redis did not do what it was asked for.
 *
 * @param kind what went wrong
 * @param said Redis' own words, or those of the connection
 * @param fix what the operator can do
 */
record StoreTrouble(Kind kind, String said, String fix) {
  /** What can go wrong, with what the operator can do. */
  enum Kind {
    UNREACHABLE("start the store, or correct its address, its TLS settings or the network between"),
    TLS(
        "write rediss:// where the server speaks TLS, and redis:// where it does not;"
            + " store.redis.ca names the authority that signed its certificate"),
    TIMED_OUT(
        "look at the store's load (SLOWLOG GET, redis-cli --latency) and at the network;"
            + " store.redis.commandTimeout says how long an answer may take"),
    OVERLOADED("too much is asked of the store at once: give it a faster processor of its own"),
    LOADING("nothing: the server reads its data and answers soon"),
    REPLICA(
        "name the master, not a replica; store.redis.sentinel and store.redis.cluster follow it"),
    MASTER_DOWN("this replica has lost its master: bring the master back or promote a replica"),
    NO_MASTER(
        "set store.redis.sentinel.master to a name that the sentinels know (SENTINEL MASTERS lists"
            + " them)"),
    NO_REPLICAS(
        "bring the replicas back that min-replicas-to-write asks for, or lower that number"),
    CLUSTER_DOWN(
        "bring the shard's master or a replica of it back (CLUSTER INFO, CLUSTER NODES);"
            + " cluster-require-full-coverage no keeps the other shards at work meanwhile"),
    SLOT_MOVING("nothing: this upstream's slot moves to another node; end the migration soon"),
    OUT_OF_MEMORY("give the server more memory (maxmemory), or remove the keys of others"),
    CANNOT_SAVE(
        "make room where the server keeps its snapshots, or set stop-writes-on-bgsave-error no"),
    WRONG_PASSWORD("set USHER_REDIS_PASSWORD, and store.redis.user, to what the server's ACL says"),
    NO_PERMISSION("grant the ACL user all rights listed in docs/store.md"),
    WRONG_TYPE(
        "another program wrote a key of this name: look at each by TYPE, rename or remove the wrong"
            + " one, and give Usher a server of its own"),
    BUSY("a script of another program holds the server up: SCRIPT KILL ends it"),
    REFUSED("look at what the server says, and at its version: 7.0 or newer is needed");

    private final String fix;

    Kind(String fix) {
      this.fix = fix;
    }

    /** Whether it is the connection's or the server's trouble, whatever was asked. */
    boolean isOfTheConnection() {
      return switch (this) {
        case UNREACHABLE,
            TLS,
            TIMED_OUT,
            LOADING,
            REPLICA,
            MASTER_DOWN,
            NO_MASTER,
            WRONG_PASSWORD ->
            true;
        default -> false;
      };
    }
  }

  /** What Redis 7.0 says when a command within a script is not permitted, without naming it. */
  private static final String IN_SCRIPT = "The user executing the script can't run";

  private static final Pattern LINE = Pattern.compile("@user_script:([0-9]+)");
  private static final Pattern COMMAND = Pattern.compile("redis\\.call\\('([A-Z]+)'");
  private static final Pattern RIGHT = Pattern.compile("run the '([^']+)' command");

  StoreTrouble(Kind kind, String said) {
    this(kind, said, kind.fix);
  }

  static StoreTrouble of(Throwable cause) {
    if (cause instanceof StoreTroubleException known) {
      return known.trouble();
    }
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof TimeoutException) {
      return new StoreTrouble(Kind.TIMED_OUT, said);
    }
    StoreTrouble tls = TlsTrouble.of(cause);
    return tls == null ? of(said) : tls;
  }

  /** Of what became of this script. */
  static StoreTrouble of(Throwable cause, Script script) {
    StoreTrouble trouble = of(cause);
    Matcher line = LINE.matcher(trouble.said);
    if (!trouble.said.contains(IN_SCRIPT) || !line.find()) {
      return trouble;
    }
    // The command is on that line, or on one before when its arguments go on.
    long lines = Long.parseLong(line.group(1));
    String command = "";
    for (String each : script.text().lines().limit(lines).toList()) {
      Matcher called = COMMAND.matcher(each);
      while (called.find()) {
        command = called.group(1);
      }
    }
    return noPermission(
        trouble.said + " It would run the '" + command.toLowerCase(Locale.ROOT) + "' command.");
  }

  /** Of what an error answer says. */
  static StoreTrouble of(String said) {
    Kind kind = kind(said);
    return kind == Kind.NO_PERMISSION ? noPermission(said) : new StoreTrouble(kind, said);
  }

  private static Kind kind(String said) {
    String first = said.split("[ :]", 2)[0];
    return switch (first) {
      case "LOADING" -> Kind.LOADING;
      case "READONLY" -> Kind.REPLICA;
      case "MASTERDOWN" -> Kind.MASTER_DOWN;
      case "NOREPLICAS" -> Kind.NO_REPLICAS;
      case "CLUSTERDOWN" -> Kind.CLUSTER_DOWN;
      case "TRYAGAIN", "ASK", "MOVED" -> Kind.SLOT_MOVING;
      case "OOM" -> Kind.OUT_OF_MEMORY;
      case "MISCONF" -> Kind.CANNOT_SAVE;
      case "NOAUTH", "WRONGPASS" -> Kind.WRONG_PASSWORD;
      case "NOPERM" -> Kind.NO_PERMISSION;
      case "WRONGTYPE" -> Kind.WRONG_TYPE;
      case "BUSY" -> Kind.BUSY;
      case "CONNECTION_CLOSED" -> Kind.UNREACHABLE;
      default -> kindByWords(said);
    };
  }

  /** Some errors have no code of their own, or another one when they come out of a script. */
  private static Kind kindByWords(String said) {
    if (said.contains("ACL failure") || said.contains(IN_SCRIPT)) {
      return Kind.NO_PERMISSION;
    }
    if (said.contains("invalid password") || said.contains("without any password")) {
      return Kind.WRONG_PASSWORD;
    }
    if (said.contains("queue is full")) {
      return Kind.OVERLOADED;
    }
    // All of these are answers; whatever else failed never got one.
    return said.startsWith("ERR") ? Kind.REFUSED : Kind.UNREACHABLE;
  }

  private static StoreTrouble noPermission(String said) {
    Matcher right = RIGHT.matcher(said);
    String missing =
        right.find()
            ? "grant the ACL user +" + right.group(1)
            : "grant the ACL user ~usher:*, the pattern of all keys";
    return new StoreTrouble(
        Kind.NO_PERMISSION, said, missing + "; all rights needed are listed in docs/store.md");
  }
}
