package dev.usher;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as it came over the wire. */
record Reply(int status, List<Map.Entry<String, String>> headers, String body) {
  /** The header's first value. */
  @Nullable String header(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  JsonObject json() {
    return new JsonObject(body);
  }

  /** What Usher says the visitor is to the room. */
  @Nullable String state() {
    return header("Usher-State");
  }

  /** The whole Set-Cookie header of this cookie. */
  @Nullable String cookie(String name) {
    return all("Set-Cookie").stream()
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .orElse(null);
  }
}
