package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reserved paths and the operators' port answer whatever they are asked. */
class OwnPathsTest {
  private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "X"};
  private static final String[] VISITORS = {
    "/_usher/place", "/_usher/join", "/_usher/claim", "/_usher/leave", "/_usher/", "/_usher"
  };
  private static final String[] OPERATORS = {
    "/livez",
    "/readyz",
    "/metrics",
    "/api/rooms",
    "/api/rooms/concert",
    "/api/upstreams/shop",
    "/api/rooms/concert/sessions/end",
    "/api/config",
    "/api",
    "/"
  };
  private static final String[] QUERY = {
    "room=", "concert", "pass=", "%", "%zz", "%2", "%ff%fe", "%00", "&", "=", ";", "+", "a", "?"
  };
  private static final String[] NAMES = {
    "Cookie",
    "Origin",
    "Accept",
    "Sec-Fetch-Site",
    "Usher-Ticket",
    "Usher-Pass",
    "Referer",
    "Content-Type",
    "Authorization"
  };
  private static final String[] VALUES = {
    "usher-ticket-concert=",
    "usher-pass-concert=",
    "v1.",
    "://",
    "null",
    "http://[::1",
    "text/html",
    "application/json",
    ";",
    ",",
    "=",
    "\"",
    "q=0.",
    "*/*",
    "cross-site",
    "\u00e9",
    "A.B.C",
    "%"
  };

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private Gateway gateway() {
    return stage.gateway(
        Stage.shop(stage.pod(), 1) + "rooms: {concert: {paths: [/c]}, theatre: {paths: [/t]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_usher/place?room=%zz",
        "/_usher/place?room=%",
        "/_usher/place?%=x",
        "/_usher/place?room=concert&x=%e"
      })
  void aQueryThatCannotBeReadIsRefusedAtOnce(String target) {
    Reply reply = new Guest(gateway().port()).fetches(target);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("percent sign");
  }

  @Test
  void everyAnswerOfOursSaysThatItIsNotToBeGuessedAndNotToBeToldOn() {
    Gateway gateway = gateway();
    new Guest(gateway.port()).comesIn("/c"); // the only place
    Reply[] replies = {
      new Guest(gateway.port()).opens("/c"),
      new Guest(gateway.port()).fetches("/c"),
      new Guest(gateway.port()).place(),
      new Guest(gateway.port()).fetches("/_usher/none"),
      new Guest(gateway.opsPort()).fetches("/livez"),
      new Guest(gateway.opsPort()).fetches("/none")
    };
    for (Reply reply : replies) {
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).isIn("same-origin", "no-referrer");
    }
  }

  @Test
  void whateverIsAskedIsAnsweredAndNothingIsTakenForABugOfOurs() {
    Gateway gateway = gateway();
    for (long seed = 1; seed <= 600; seed++) {
      Random chance = new Random(seed);
      boolean ops = chance.nextInt(3) == 0;
      String target = one(chance, ops ? OPERATORS : VISITORS) + "?" + many(chance, QUERY);
      String header = one(chance, NAMES) + ": " + many(chance, VALUES);
      String method = one(chance, METHODS);
      long began = System.nanoTime();
      Reply reply =
          new Guest(ops ? gateway.opsPort() : gateway.port()).asks(method, target, header);
      String what = "seed " + seed + ": " + method + " " + target + " " + header;
      assertThat(System.nanoTime() - began).as(what).isLessThan(5_000_000_000L);
      assertThat(reply.status()).as(what).isNotEqualTo(500);
    }
  }

  private static String one(Random chance, String... of) {
    return of[chance.nextInt(of.length)];
  }

  private static String many(Random chance, String... of) {
    StringBuilder all = new StringBuilder();
    for (int i = chance.nextInt(6); i > 0; i--) {
      all.append(one(chance, of));
    }
    return all.toString();
  }
}
