package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;

/** Somebody who controls the room concert of a gateway, on its port for operators. */
final class Operator {
  private final Guest at;

  Operator(Gateway gateway) {
    this(gateway.opsPort());
  }

  Operator(int opsPort) {
    this.at = new Guest(opsPort).always("Authorization: Bearer " + Stage.TOKEN);
  }

  /** Asks for it, whatever the answer is. */
  Reply asks(String verb, JsonObject body) {
    // In ASCII, so that a guest counts letters as bytes.
    StringBuilder ascii = new StringBuilder();
    body.encode()
        .chars()
        .forEach(c -> ascii.append(c < 127 ? "" + (char) c : "\\u%04x".formatted(c)));
    String type = "Content-Type: application/json";
    return at.sends("/api/rooms/concert/" + verb, ascii.toString(), type);
  }

  /** Has it done. Returns what was told. */
  JsonObject does(String verb, JsonObject body) {
    Reply reply = asks(verb, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  JsonObject does(String verb) {
    return does(verb, new JsonObject());
  }

  Reply reads(String path) {
    return at.fetches(path);
  }

  JsonObject room() {
    return reads("/api/rooms/concert").json();
  }
}
