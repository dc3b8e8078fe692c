package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.openapi.contract.Operation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is asked of the documented paths is answered, and as the document says. */
class ApiFuzzTest {
  private static final String ROOMS =
      "rooms: {concert: {paths: [/concert], joinsPerAddress: 100000}, opera: {paths: [/opera]}}";
  private static final String[] METHODS = {
    "GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"
  };
  private static final String[] QUERIES = {
    "room=concert",
    "room=opera",
    "room=concert",
    "room=",
    "room",
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "&",
    ";",
    "=",
    "?",
    "x=1",
    "room=%63oncert",
    "room=concert%00",
    "room=opera"
  };
  private static final String[] NAMES = {
    "Usher-Ticket", "Usher-Pass", "Cookie", "Accept", "Accept-Language", "Origin",
    "Sec-Fetch-Site", "Sec-Fetch-Mode", "X-Requested-With", "Content-Type", "Range", "If-None-Match"
  };
  private static final String[] VALUES = {
    "none", "cors", "navigate", "cross-site", "same-origin", "*/*", "text/html", "application/json",
    "text/html;q=0.1", "application/json;q=1", ",", ";", "q=.5", "null", "https://a.example", "*",
    "usher-ticket-concert=x", "usher-pass-opera=a.b.c", "=", "\"", "AQ", "\u00e9", "%", "bytes=0-1"
  };

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1", "HTTP_2"})
  void everyAnswerIsOneOfThoseInTheDocument(Way way) {
    try (Stage stage = new Stage(folder, way)) {
      Guest first = stage.guest(stage.gateway(Stage.shop(stage.pod(), 1) + ROOMS).port());
      first.comesIn("/concert");
      String ticket = first.posts("/_usher/join?room=opera", "Usher-Ticket: none").body();
      assertThat(ticket).contains("\"waiting\"");
      try (ApiContract contract = ApiContract.of(first)) {
        for (long seed = 1; seed <= 400; seed++) {
          Random chance = new Random(seed);
          Operation asked = one(chance, contract.operations().toArray(Operation[]::new));
          String own = asked.getHttpMethod().name();
          String method = chance.nextInt(4) > 0 ? own : one(chance, METHODS);
          String target = asked.getAbsoluteOpenAPIPath() + "?" + many(chance, "&", QUERIES);
          String[] headers = {
            one(chance, NAMES) + ": " + many(chance, " ", VALUES),
            one(chance, NAMES) + ": " + many(chance, ",", VALUES)
          };
          Reply reply = stage.guest(first.port()).asks(method, target, headers);
          String what = "seed " + seed + ": " + method + " " + target + " " + List.of(headers);
          assertThat(reply.status()).as(what).isLessThan(500);
          if (!method.equals("HEAD")) {
            contract.holds(asked.getOperationId(), reply);
          }
        }
      }
    }
  }

  private static <T> T one(Random chance, T[] of) {
    return of[chance.nextInt(of.length)];
  }

  private static String many(Random chance, String between, String... of) {
    List<String> all = new ArrayList<>();
    for (int i = chance.nextInt(4); i > 0; i--) {
      all.add(one(chance, of));
    }
    return String.join(between, all);
  }

  /** The fuzzer that others use; CI brings it, {@code pip install schemathesis} elsewhere. */
  @Test
  void schemathesisFindsNothing() throws IOException, InterruptedException {
    File fuzzer = new File(System.getProperty("usher.schemathesis", "/usr/local/bin/schemathesis"));
    assumeThat(fuzzer).as("SKIPPED: no schemathesis; name it in usher.schemathesis").exists();
    try (Stage stage = new Stage(folder)) {
      Guest first = stage.guest(stage.gateway(Stage.shop(stage.pod(), 1) + ROOMS).port());
      first.comesIn("/concert");
      Path report = folder.resolve("schemathesis.txt");
      Process run =
          new ProcessBuilder(
                  fuzzer.getPath(),
                  "run",
                  "http://127.0.0.1:" + first.port() + "/_usher/openapi.json",
                  "--phases=examples,coverage,fuzzing",
                  "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
                      + "response_headers_conformance,response_schema_conformance,"
                      + "unsupported_method,allow_header_conformance",
                  "--request-timeout=60",
                  "--max-examples=100",
                  "--seed=1",
                  "--no-color")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(report.toFile())
              .start();
      assertThat(run.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(run.exitValue()).as(Files.readString(report, StandardCharsets.UTF_8)).isEqualTo(0);
    }
  }
}
