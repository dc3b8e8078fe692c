package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What apps read about the paths below {@code /_usher/} is what they get. */
@Over(Way.class)
class ApiDocumentTest extends EveryWay {
  private static final String ROOM = "rooms: {concert: {poll: {min: 200ms}}}";
  private static final String NONE = "Usher-Ticket: none";

  @Test
  void theDocumentIsOfOpenApiAndNamesWhatIsThere() {
    Guest guest = guest(stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port());
    Reply reply = guest.asks("GET", "/_usher/openapi.json");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.body().length()).isLessThan(16_000);
    try (ApiContract contract = ApiContract.of(guest)) {
      assertThat(contract.operations())
          .extracting(Operation::getOperationId)
          .contains(
              "place",
              "stream",
              "join",
              "claim",
              "leave",
              "move",
              "openLink",
              "document",
              "health");
      for (Operation operation : contract.operations()) {
        String path = operation.getAbsoluteOpenAPIPath();
        Reply asked = guest.asks(operation.getHttpMethod().name(), path);
        assertThat(asked.status()).as(path).isIn(200, 409, 410, 429);
      }
    }
  }

  @Test
  void whatAVisitorIsToldFromTheFirstQuestionToTheLastIsAsDocumented() {
    int port = fullHouse(ROOM);
    Guest app = guest(port);
    try (ApiContract contract = ApiContract.of(app)) {
      contract.holds("document", app.asks("GET", "/_usher/openapi.json"));
      contract.holds("health", app.asks("GET", "/_usher/health"));
      contract.holds("place", app.asks("GET", "/_usher/place"));
      contract.holds("claim", app.posts("/_usher/claim"));
      Reply joined = app.posts("/_usher/join", NONE);
      contract.holds("join", joined);
      String ticket = "Usher-Ticket: " + joined.json().getString("ticket");
      contract.holds("join", app.posts("/_usher/join", ticket));
      contract.holds("place", app.asks("GET", "/_usher/place", ticket));
      contract.holds("stream", app.asks("GET", "/_usher/stream"));
      try (Listening stream = app.listens(ticket)) {
        stream.hears("place", "waiting");
        stream.events().forEach(contract::holds);
      }
      contract.holds("claim", app.posts("/_usher/claim", ticket));
      Reply link = app.posts("/_usher/move", ticket);
      contract.holds("move", link);
      String address = link.json().getString("link");
      String path = address.substring(address.indexOf("/_usher"));
      contract.holds("openLink", app.opens(path));
      contract.holds("move", app.posts("/_usher/move", ticket, Guest.BROWSER));
      Reply moved = app.posts(path, NONE);
      contract.holds("move", moved);
      contract.holds("move", app.posts(path, NONE));
      contract.holds("move", app.posts("/_usher/move", ticket));
      contract.holds("openLink", app.opens(path));
      contract.holds("place", app.asks("GET", "/_usher/place", ticket));
      contract.holds("join", app.posts("/_usher/join", ticket));
      contract.holds("claim", app.posts("/_usher/claim", ticket));
      ticket = "Usher-Ticket: " + moved.json().getString("ticket");
      contract.holds("leave", app.posts("/_usher/leave", ticket));
      contract.holds("leave", app.posts("/_usher/leave", Guest.BROWSER));
    }
  }

  @Test
  void whatAVisitorIsToldWhoComesInIsAsDocumented() {
    Guest app = guest(stage().gateway(Stage.shop(stage().pod(), 5) + ROOM).port());
    try (ApiContract contract = ApiContract.of(app)) {
      app.comesIn("/");
      Guest other = guest(app.port());
      Reply joined = other.posts("/_usher/join", NONE);
      contract.holds("join", joined);
      String pass = "Usher-Pass: " + joined.json().getString("pass");
      contract.holds("place", other.asks("GET", "/_usher/place", pass));
      contract.holds("claim", other.posts("/_usher/claim", pass));
      contract.holds("leave", other.posts("/_usher/leave", pass));
    }
  }

  @Test
  void whatIsRefusedIsRefusedAsDocumented() {
    String rooms = "rooms: {concert: {paths: [/concert]}, opera: {paths: [/opera]}}";
    Guest app = guest(stage().gateway(Stage.shop(stage().pod(), 1) + rooms).port());
    try (ApiContract contract = ApiContract.of(app)) {
      for (String operation : List.of("place", "stream", "join", "claim", "leave", "move")) {
        String path = "/_usher/" + operation;
        String method = List.of("place", "stream").contains(operation) ? "GET" : "POST";
        for (String query : new String[] {"", "?room=%zz", "?room=circus", "?%"}) {
          Reply refused = app.asks(method, path + query);
          assertThat(refused.status()).isIn(400, 404);
          contract.holds(operation, refused);
        }
        Reply wrong = app.asks("PUT", path);
        assertThat(wrong.status()).isEqualTo(405);
        contract.holds(operation, wrong);
        contract.holds(
            operation, app.asks(method, path + "?room=opera", "Sec-Fetch-Site: cross-site"));
        Reply large = app.asks(method, path, "Cookie: c=" + "x".repeat(20_000));
        assertThat(large.status()).isEqualTo(431);
        contract.holds(operation, large);
      }
      contract.holds("document", app.asks("DELETE", "/_usher/openapi.json"));
      contract.holds("health", app.asks("POST", "/_usher/health"));
    }
  }

  @Test
  void whatIsNotAsDocumentedIsFound() {
    Guest app = guest(stage().gateway(Stage.shop(stage().pod(), 1) + ROOM).port());
    try (ApiContract contract = ApiContract.of(app)) {
      var json = List.of(Map.entry("Content-Type", "application/json"));
      for (Reply wrong :
          new Reply[] {
            new Reply(200, json, "{\"room\":\"concert\",\"state\":\"lost\"}"),
            new Reply(200, json, "{\"room\":\"concert\"}"),
            new Reply(200, json, "{\"room\":\"concert\",\"state\":\"none\",\"colour\":\"red\"}"),
            new Reply(500, json, "{}"),
            new Reply(400, json, "{}"),
          }) {
        assertThatThrownBy(() -> contract.holds("place", wrong)).isInstanceOf(AssertionError.class);
      }
      assertThatThrownBy(() -> new ApiContract(new JsonObject("{\"openapi\":\"3.1.0\"}")).close())
          .isInstanceOf(RuntimeException.class);
    }
  }
}
