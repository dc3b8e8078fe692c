package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.cli.Main;
import dev.usher.config.ConfigReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code usher explain} asks gateways that run. */
final class ExplainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

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

  @Test
  void whoWaitsIsToldWhyAndWithWhichPods() {
    TestPod pod = stage.pod();
    Gateway gateway =
        stage.gateway(Stage.shop(pod, 1) + "rooms: {concert: {}, theatre: {paths: [/t]}}");
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("admitted");
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("waiting");
    Stage.until(
        "the full house is seen", () -> explained(gateway).contains("1 waits, 1 is inside"));
    assertThat(explain("concert", "--ops", "127.0.0.1:" + gateway.opsPort())).isZero();
    assertThat(out.toString())
        .contains("1 of the 1 that upstream shop may have now")
        .contains(pod.url().replace("http://", "") + " ")
        .doesNotContain("theatre");
  }

  private String explained(Gateway gateway) {
    out.getBuffer().setLength(0);
    assertThat(explain("--ops", "http://127.0.0.1:" + gateway.opsPort() + "/")).isZero();
    String text = out.toString();
    out.getBuffer().setLength(0);
    assertThat(text).contains("Room concert: ", "Room theatre: 0 wait, 0 are inside.");
    return text;
  }

  @Test
  void aSlowPodBesideAFastOneIsNamed() throws IOException {
    HttpServer fast = pod(0);
    HttpServer slow = pod(200);
    try {
      Gateway gateway =
          stage.gateway(
              "upstreams: {shop: {pods: [\"http://%s\", \"http://%s\"], responseTime: 50ms,"
                      .formatted(at(fast), at(slow))
                  + " sessionsPerPod: 9, admission: {warmUp: 0s}}}\nrooms: {concert: {}}");
      Guest guest = new Guest(gateway.port());
      String named = at(slow) + " has been worse than the other pods for ";
      // It is looked at how pods answer every five seconds, and the second look tells.
      Stage.within(
          40,
          "the slow pod is named",
          () -> {
            for (int i = 0; i < 10; i++) {
              guest.opens("/");
            }
            out.getBuffer().setLength(0);
            explain("--ops", "127.0.0.1:" + gateway.opsPort());
            return out.toString().contains(named);
          });
      assertThat(out.toString())
          .contains("0 % of its requests fail (of the other pods' 0 %), it answers after 2")
          .doesNotContain(at(fast) + " has been worse");
    } finally {
      fast.stop(0);
      slow.stop(0);
    }
  }

  private static String at(HttpServer pod) {
    return "127.0.0.1:" + pod.getAddress().getPort();
  }

  /** A pod that takes so long. */
  private static HttpServer pod(long millis) throws IOException {
    HttpServer pod =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    pod.createContext("/", exchange -> later.execute(() -> answer(exchange)));
    pod.start();
    return pod;
  }

  private static void answer(HttpExchange exchange) {
    try {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anUnknownRoomIsToldWithTheKnownOnes() {
    Gateway gateway =
        stage.gateway(Stage.shop(stage.pod(), 1) + "rooms: {concert: {}, theatre: {paths: [/t]}}");
    assertThat(explain("opera house", "--ops", "http://127.0.0.1:" + gateway.opsPort()))
        .isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "The room must be one of concert, theatre but was \"opera house\"");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAddressWhereNothingListensIsTold() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    assertThat(explain("--ops", "http://127.0.0.1:" + nobody)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("Nothing listens at http://127.0.0.1:" + nobody)
        .contains("--ops");
  }

  @Test
  void whatIsNoOpsPortIsTold() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    String[] body = {"<html>"};
    other.createContext(
        "/",
        exchange -> {
          byte[] bytes = body[0].getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          try (OutputStream to = exchange.getResponseBody()) {
            to.write(bytes);
          }
        });
    other.start();
    try {
      String url = "http://127.0.0.1:" + other.getAddress().getPort();
      assertThat(explain("--ops", url)).isEqualTo(1);
      assertThat(err.toString())
          .startsWith(url + " must be the ops port of a gateway of this version but it answers")
          .contains("something else than JSON");
      for (String json : new String[] {"{}", "{\"rooms\": 3}", "{\"rooms\": [3]}", "[]", ""}) {
        body[0] = json;
        assertThat(explain("--ops", url)).as(json).isEqualTo(1);
        assertThat(explain("concert", "--ops", url)).as(json).isEqualTo(1);
      }
      assertThat(err.toString()).doesNotContain("Exception");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aWrongAddressIsAWrongCommandLine() {
    for (String wrong : new String[] {"ftp://a", "http://", "http://a b", "http://a:99999"}) {
      assertThat(explain("--ops", wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("--ops must be a URL such as http://127.0.0.1:9090 but was \"ftp://a\"");
  }

  private int explain(String... args) {
    CommandLine commands = Main.commands(new ConfigReader(Map.of()), Gateway::run);
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[args.length + 1];
    all[0] = "explain";
    System.arraycopy(args, 0, all, 1, args.length);
    return commands.execute(all);
  }
}
