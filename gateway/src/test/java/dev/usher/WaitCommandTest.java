package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.wait.WaitCommand;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A client that waits in line before a running gateway. */
class WaitCommandTest {
  private static final String ROOM = "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 60s}}";

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod pod = stage.pod();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    pod = stage.pod();
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  /** What was typed, and what came of it. */
  private static final class Typed {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(String... words) {
      return new CommandLine(new WaitCommand())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute(words);
    }

    CompletableFuture<Integer> beside(String... words) {
      return CompletableFuture.supplyAsync(() -> run(words), Stage.BESIDE);
    }

    boolean said(String words) {
      return out.toString().contains(words);
    }

    String pass() {
      return out.toString().strip();
    }
  }

  private static String url(int port) {
    return "http://localhost:" + port + "/seats";
  }

  @Test
  void itPrintsThePassOfWhoComesInAtOnce() {
    int port = stage.gateway(Stage.shop(pod, 5) + ROOM).port();
    new Guest(port).comesIn("/");
    Typed typed = new Typed();
    assertThat(typed.run(url(port))).isZero();
    assertThat(typed.err.toString()).contains("Let in after");
    assertThat(new Guest(port).asks("GET", "/", "Usher-Pass: " + typed.pass()).body())
        .isEqualTo("in");
  }

  @Test
  void itSaysWhereItStandsAndGoesInWhenCalled() {
    int port = stage.gateway(Stage.shop(pod, 1) + ROOM).port();
    Guest inside = new Guest(port).comesIn("/");
    Typed typed = new Typed();
    CompletableFuture<Integer> exit = typed.beside(url(port), "--room", "concert");
    Stage.until("it waits", () -> typed.err.toString().contains("You are next."));
    assertThat(exit).isNotDone();
    inside.posts("/_usher/leave");
    Stage.until("it is in", exit::isDone);
    assertThat(exit.join()).isZero();
    assertThat(new Guest(port).asks("GET", "/", "Usher-Pass: " + typed.pass()).state())
        .isEqualTo("admitted");
  }

  @Test
  void itGoesOnWithThePlaceOfItsFile() throws IOException {
    int port = stage.gateway(Stage.shop(pod, 1) + ROOM).port();
    Guest inside = new Guest(port).comesIn("/");
    String file = folder.resolve("place").toString();
    Typed first = new Typed();
    assertThat(first.run(url(port), "--ticket", file, "--at-most", "1")).isEqualTo(4);
    String kept = Files.readString(Path.of(file));
    assertThat(kept).startsWith("Usher-Ticket: ").endsWith("\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
        .isEqualTo("rw-------");
    assertThat(new Guest(port).posts("/_usher/join").status()).isEqualTo(200);
    Typed second = new Typed();
    CompletableFuture<Integer> exit = second.beside(url(port), "--ticket", file);
    Stage.until("it is where it was", () -> second.err.toString().contains("You are next."));
    inside.posts("/_usher/leave");
    Stage.until("it is in", exit::isDone);
    assertThat(exit.join()).isZero();
    assertThat(Files.readString(Path.of(file))).isEqualTo("Usher-Pass: " + second.pass() + "\n");
    assertThat(new Typed().run(url(port), "--ticket", file)).as("it is still in").isZero();
  }

  @Test
  @Tag("redis")
  void itOutlivesAGatewayThatRestarts() {
    String store = "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n";
    String yaml = store + Stage.shop(pod, 1) + ROOM;
    Gateway first = stage.gateway(yaml);
    int port = first.port();
    Guest inside = new Guest(port).comesIn("/");
    Typed typed = new Typed();
    CompletableFuture<Integer> exit = typed.beside(url(port), "--json");
    Stage.until("it waits", () -> typed.said("\"position\":1"));
    first.stop();
    Stage.until("it was not answered", () -> typed.said("\"httpStatus\":0"));
    stage.gateway("listen: {host: 127.0.0.1, port: " + port + "}\n" + yaml);
    assertThat(exit).isNotDone();
    inside.posts("/_usher/leave");
    Stage.until("it is in", exit::isDone);
    assertThat(exit.join()).isZero();
    assertThat(typed.said("\"state\":\"admitted\"")).isTrue();
    assertThat(typed.said("\"pass\":\"")).isTrue();
    assertThat(typed.said("\"state\":\"none\"")).as("its place was never lost").isFalse();
  }

  @Test
  void itObeysWhenItIsToldToComeLater() throws IOException {
    String in = "{\"room\":\"concert\",\"state\":\"admitted\",\"pass\":\"a.b.c\"}";
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Long> second =
          CompletableFuture.supplyAsync(
              () -> {
                long first = answer(server, "429 Later\r\nRetry-After: 2", "");
                return answer(server, "200 OK", in) - first;
              },
              Stage.BESIDE);
      Typed typed = new Typed();
      assertThat(typed.run("http://127.0.0.1:" + server.getLocalPort())).isZero();
      assertThat(typed.pass()).isEqualTo("a.b.c");
      assertThat(TimeUnit.NANOSECONDS.toMillis(second.join())).isGreaterThanOrEqualTo(1900);
    }
  }

  @Test
  void itAsksAgainWhereAnAnswerStopsInItsBody() throws IOException {
    String in = "{\"room\":\"concert\",\"state\":\"admitted\",\"pass\":\"a.b.c\"}";
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Long> second =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket stuck = server.accept()) {
                  byte[] read = new byte[4096];
                  assertThat(stuck.getInputStream().read(read)).isPositive();
                  String head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{";
                  stuck.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  return answer(server, "200 OK", in);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              Stage.BESIDE);
      Typed typed = new Typed();
      assertThat(typed.run("http://127.0.0.1:" + server.getLocalPort())).isZero();
      assertThat(typed.pass()).isEqualTo("a.b.c");
      assertThat(second).isDone();
    }
  }

  @Test
  void aTicketThatCouldNotBeKeptIsToldBeforeAnyPlaceIsTaken() {
    Gateway gateway = stage.gateway(Stage.shop(pod, 1) + ROOM);
    new Guest(gateway.port()).comesIn("/");
    Typed typed = new Typed();
    String nowhere = folder.resolve("no/such/folder/place").toString();
    assertThat(typed.run(url(gateway.port()), "--ticket", nowhere)).isEqualTo(1);
    assertThat(typed.err.toString()).contains("--ticket must be writable but", "no/such/folder");
    Guest operator = new Guest(gateway.opsPort());
    assertThat(operator.fetches("/api/rooms/concert").json().getLong("waiting")).isZero();
  }

  /** Answers the next request. Returns when it came. */
  private static long answer(ServerSocket server, String head, String body) {
    try (Socket socket = server.accept()) {
      byte[] read = new byte[4096];
      assertThat(socket.getInputStream().read(read)).isPositive();
      long came = System.nanoTime();
      String answer =
          ("HTTP/1.1 " + head + "\r\nConnection: close\r\nContent-Length: " + body.length())
              + ("\r\n\r\n" + body);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      return came;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsRefusedForGoodEndsIt() throws IOException {
    int port = stage.gateway(Stage.shop(pod, 1) + ROOM).port();
    Typed typed = new Typed();
    assertThat(typed.run(url(port), "--room", "opera")).isEqualTo(1);
    assertThat(typed.err.toString()).contains("No such room: There is no room of this name.");
    assertThat(typed.run("ftp://localhost")).isEqualTo(2);
    assertThat(typed.err.toString()).contains("URL must be such as https://tickets.example");
    Path other = Files.writeString(folder.resolve("other"), "something else");
    assertThat(typed.run(url(port), "--ticket", other.toString())).isEqualTo(1);
    assertThat(Files.readString(other)).isEqualTo("something else");
  }

  @Test
  void whatIsSoldOutEndsItToo() {
    Gateway gateway = stage.gateway(Stage.shop(pod, 1) + ROOM);
    new Guest(gateway.port()).comesIn("/");
    Typed typed = new Typed();
    CompletableFuture<Integer> exit = typed.beside(url(gateway.port()));
    Stage.until("it waits", () -> typed.err.toString().contains("You are next."));
    new Operator(gateway).does("sold-out", new JsonObject().put("soldOut", true));
    Stage.until("it ends", exit::isDone);
    assertThat(exit.join()).isEqualTo(3);
    assertThat(typed.err.toString()).contains("It is sold out.");
    Typed late = new Typed();
    assertThat(late.run(url(gateway.port()))).isEqualTo(3);
    assertThat(late.err.toString()).contains("It is sold out.");
  }
}
