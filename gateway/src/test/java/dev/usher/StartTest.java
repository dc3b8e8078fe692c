package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.Main;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import dev.usher.house.FreePort;
import dev.usher.store.LateQueueStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StartTest {
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
  void aPortThatIsTakenIsNamedWithWhatHelps() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(refusal("listen: {host: 127.0.0.1, port: " + port + "}\nops: {port: 0}\n"))
          .startsWith("listen.port must be a port that is free but 127.0.0.1:" + port)
          .contains("set another port");
      assertThat(refusal("listen: {port: 0}\nops: {host: 127.0.0.1, port: " + port + "}\n"))
          .startsWith("ops.port must be a port that is free but 127.0.0.1:" + port);
    }
  }

  @Test
  void anAddressThatIsNobodysHereIsNamedWithItsFlag() throws IOException {
    assertThat(refusal("listen: {host: 192.0.2.1, port: 0}\nops: {port: 0}\n"))
        .startsWith("listen.host (--host) must be an address of this machine but was \"192.0.2.1\"")
        .contains("0.0.0.0 for all of them");
    assertThat(refusal("listen: {port: 0}\nops: {host: 192.0.2.1, port: 0}\n"))
        .startsWith("ops.host must be an address of this machine but was \"192.0.2.1\"");
  }

  @Test
  void aPortThatMayNotBeHadForAnotherReasonIsNotCalledTaken() {
    Throwable forbidden = new BindException("Permission denied");
    assertThat(new CannotListenException("listen", "0.0.0.0", 80, forbidden))
        .hasMessageContaining("listen.port must be a port that this process may listen on")
        .hasMessageContaining("CAP_NET_BIND_SERVICE");
    Throwable files = new IOException("Too many open files");
    assertThat(new CannotListenException("ops", "0.0.0.0", 9090, files))
        .hasMessageStartingWith("ops could not be opened on 0.0.0.0:9090: Too many open files")
        .hasMessageNotContaining("free");
  }

  private String refusal(String listen) throws IOException {
    Path file = Files.createTempFile(folder, "gateway", ".yaml");
    Files.writeString(file, listen + Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}");
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commands(new ConfigReader(Map.of()), Gateway::run);
    commands.setErr(new PrintWriter(err, true));
    assertThat(commands.execute("run", "--config", file.toString())).isEqualTo(1);
    return err.toString();
  }

  @Test
  void withoutItsStoreAGatewayStartsAndSaysThatItIsNotReady() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    Gateway gateway =
        stage.gateway(
            "store: {redis: {url: 'redis://127.0.0.1:"
                + nobody
                + "'}}\n"
                + Stage.shop(stage.pod(), 1).replace("probe:", "hold: 200ms\n    probe:")
                + "rooms: {concert: {paths: [/sale]}}");
    Reply newcomer = new Guest(gateway.port()).opens("/sale");
    assertThat(newcomer.state()).isEqualTo("waiting");
    assertThat(newcomer.header("Content-Type")).startsWith("text/html");
    // What other replicas have in flight nobody can tell: it may not ask the pods.
    assertThat(new Guest(gateway.port()).opens("/about").status()).isEqualTo(503);
    Reply ready = new Guest(gateway.opsPort()).asks("GET", "/readyz");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.body()).contains("line_never_read");
  }

  @Test
  void asSoonAsItIsReadyVisitorsGetIn() throws IOException {
    int port = FreePort.next();
    int opsPort = FreePort.next();
    GatewayConfig config =
        stage.config(
            "listen: {host: 127.0.0.1, port: "
                + port
                + "}\nops: {host: 127.0.0.1, port: "
                + opsPort
                + "}\n"
                + Stage.shop(stage.pod(), 1)
                + "rooms: {concert: {}}");
    CompletableFuture<Reply> first =
        CompletableFuture.supplyAsync(
            () -> {
              awaitReady(opsPort);
              return new Guest(port).opens("/");
            },
            Stage.BESIDE);
    // The visitor comes in the very moment in which it says so, not a look of 20 ms later.
    Gateway gateway = Gateway.start(config, store -> new LateQueueStore(store, 50));
    try {
      assertThat(first.join().state()).isEqualTo("admitted");
    } finally {
      gateway.stop();
    }
  }

  private static void awaitReady(int opsPort) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      try {
        if (new Guest(opsPort).fetches("/readyz").status() == 200) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("Within 20 s it must be ready but was not");
  }

  @Test
  void withoutAReadyPodAGatewayStartsAndItsVisitorsWait() {
    String pods = "{pods: ['http://127.0.0.1:1'], sessionsPerPod: 5}";
    Gateway gateway = stage.gateway("upstreams: {shop: " + pods + "}\nrooms: {concert: {}}");
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void aProcessOfItsOwnListensSoonAndEndsWhenToldTo() throws Exception {
    Path file = folder.resolve("child.yaml");
    Files.writeString(
        file,
        "listen: {host: 127.0.0.1, port: 0}\nops: {host: 127.0.0.1, port: 0}\n"
            + Stage.shop(stage.pod(), 1)
            + "rooms: {concert: {}}");
    Path out = folder.resolve("child.log");
    long began = System.nanoTime();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.usher.cli.Main",
                "run",
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      Stage.within(60, "it listens", () -> text(out).contains("Usher listens on"));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      Duration cpu = child.info().totalCpuDuration().orElse(Duration.ZERO);
      System.out.printf(
          "From the start of the process until it listens: %d ms, of CPU time %d ms%n",
          millis, cpu.toMillis());
      assertThat(text(out)).contains("pods 1 of 1 ready, capacity 1", "rooms concert");
      child.destroy();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      // Ended by SIGTERM, after the stop that it asks for.
      assertThat(child.exitValue()).isEqualTo(143);
      assertThat(text(out)).doesNotContain("Exception");
    } finally {
      child.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
