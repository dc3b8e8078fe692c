package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.FreePort;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own whose log nobody reads any more. */
class SlowReaderOfTheLogTest {
  @TempDir private Path folder = Path.of(".");

  @Test
  void visitorsDoNotWaitForWhoeverReadsOfThem() throws IOException {
    Vertx vertx = Vertx.vertx();
    TestPod pod = new TestPod(vertx);
    int port = FreePort.next();
    String yaml =
        ("listen: {host: 127.0.0.1, port: " + port + "}\nops: {host: 127.0.0.1, port: ")
            + (FreePort.next() + "}\nlog: {access: 1}\ndefaultUpstream: shop\n")
            + Stage.shop(pod, 1)
            + "rooms: {concert: {paths: [/sale]}}\n";
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    Process usher = usher(file);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(usher.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.contains("Usher listens on")) {
        line = out.readLine();
      }
      assertThat(line).isNotNull();
      // Nobody reads from here on; a pipe holds some 500 such lines.
      Guest guest = new Guest(port);
      String longPath = "/about/" + "x".repeat(250);
      for (int i = 0; i < 1000; i++) {
        assertThat(guest.fetches(longPath).status()).isEqualTo(200);
      }
    } finally {
      usher.destroyForcibly();
      vertx.close().await();
    }
  }

  private static Process usher(Path file) throws IOException {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.usher.cli.Main",
                "run",
                "--config",
                file.toString()))
        .redirectErrorStream(true)
        .start();
  }
}
