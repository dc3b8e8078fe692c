package dev.usher.store.redis.link;

import java.util.HashMap;
import java.util.Map;

/** What a server says of itself in answer to INFO. */
final class ServerInfo {
  /** The first version with all that the scripts use. */
  private static final int MAJOR_MIN = 7;

  private final Map<String, String> said = new HashMap<>();

  ServerInfo(String info) {
    info.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                said.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
  }

  /** Throws what keeps this server from being used at all. */
  void check() {
    if (is("loading", "1")) {
      throw new StoreTroubleException(
          StoreTrouble.Kind.LOADING, "LOADING: the server is reading its data");
    }
    if (is("role", "slave")) {
      throw new StoreTroubleException(
          StoreTrouble.Kind.REPLICA,
          "READONLY: this server is a replica of "
              + said.get("master_host")
              + ":"
              + said.get("master_port"));
    }
  }

  String version() {
    return said.getOrDefault("redis_version", "unknown");
  }

  boolean isTooOld() {
    try {
      return Integer.parseInt(version().split("\\.", 2)[0]) < MAJOR_MIN;
    } catch (NumberFormatException unknown) {
      return false;
    }
  }

  /** What the server removes when its memory is full; "noeviction" is nothing. */
  String evicts() {
    return said.getOrDefault("maxmemory_policy", "noeviction");
  }

  boolean mayEvict() {
    return !"noeviction".equals(evicts());
  }

  private boolean is(String name, String value) {
    return value.equals(said.get(name));
  }
}
