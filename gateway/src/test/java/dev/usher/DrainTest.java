package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors who keep their connections meet a gateway that stops. */
class DrainTest {
  private static final int VISITORS = 120;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  /**
   * @param atOnce requests that each sends before it reads an answer
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void nothingIsLostOfThoseWhoKeepAsking(int atOnce) throws Exception {
    nothingIsLost(atOnce, visitor -> visitor % 40);
  }

  private void nothingIsLost(int atOnce, IntUnaryOperator pause) throws Exception {
    Gateway gateway =
        stage.gateway(
            "drain: 20s\n"
                + Stage.shop(stage.pod(), 10)
                + "rooms: {concert: {paths: [/concert]}}\ndefaultUpstream: shop");
    int port = gateway.port();
    List<CompletableFuture<Void>> visitors = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      int pauseMillis = pause.applyAsInt(i);
      visitors.add(
          CompletableFuture.runAsync(() -> keepAsking(port, atOnce, pauseMillis), Stage.BESIDE));
    }
    Stage.until("each was answered once", () -> begun.get() == VISITORS);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop, Stage.BESIDE);
    for (CompletableFuture<Void> visitor : visitors) {
      visitor.get(30, TimeUnit.SECONDS);
    }
    stopped.get(30, TimeUnit.SECONDS);
    assertThat(lost).isEmpty();
    assertThat(told).hasValue(VISITORS);
  }

  private void keepAsking(int port, int atOnce, int pauseMillis) {
    String ask = "POST /shop HTTP/1.1\r\nHost: s\r\nContent-Length: 1\r\n\r\nx";
    int owed = 0;
    boolean first = true;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(15_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        socket.getOutputStream().write(ask.repeat(atOnce).getBytes(StandardCharsets.US_ASCII));
        owed = atOnce;
        while (owed > 0) {
          String head = answer(in);
          owed--;
          if (first) {
            begun.incrementAndGet();
            first = false;
          }
          if (!head.startsWith("HTTP/1.1 200")) {
            lost.add(head);
          }
          if (head.toLowerCase(java.util.Locale.ROOT).contains("connection: close")) {
            told.incrementAndGet();
            if (owed > 0) {
              lost.add("told to leave with " + owed + " answers owed");
            }
            return;
          }
        }
        Wait.pause(pauseMillis);
      }
    } catch (IOException e) {
      lost.add("with " + owed + " answers owed: " + e);
    }
  }

  /** The head of an answer that came whole. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end after \"" + head + "\"");
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int from = lower.indexOf("content-length: ") + 16;
    int length = Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)));
    if (in.readNBytes(length).length < length) {
      throw new IOException("the end within a body");
    }
    return head.toString();
  }

  /** As somebody does who waits, or reads a page. */
  @Test
  void nothingIsLostOfThoseWhoTakeTheirTimeToAsk() throws Exception {
    nothingIsLost(1, visitor -> 1000 + 20 * visitor);
  }

  @Test
  void aConnectionThatNobodyUsesDoesNotHoldUpTheStop() throws Exception {
    Gateway gateway =
        stage.gateway("drain: 20s\n" + Stage.shop(stage.pod(), 10) + "rooms: {concert: {}}");
    long began = System.nanoTime();
    CompletableFuture<Void> stopped;
    try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      idle.setSoTimeout(15_000);
      stopped = CompletableFuture.runAsync(gateway::stop, Stage.BESIDE);
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
    stopped.get(15, TimeUnit.SECONDS);
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }
}
