package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.house.Over;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@Over(value = Way.class, smoke = true)
class StopTest extends EveryWay {
  @Test
  void aRunningRequestFinishesWhileNewOnesAreRefused() throws Exception {
    TestPod pod = stage().pod();
    Gateway gateway =
        stage().gateway("drain: 20s\n" + Stage.shop(pod, 10) + "rooms: {concert: {}}");
    int port = gateway.port();
    Guest guest = whoIsIn(gateway);
    CompletableFuture<Reply> slow =
        CompletableFuture.supplyAsync(() -> guest.opens("/?held"), Stage.BESIDE);
    Stage.until("the request is at the pod", () -> pod.held() == 1);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop, Stage.BESIDE);
    Stage.until("nobody new comes in", () -> isRefused(port));
    Reply ready = new Guest(gateway.opsPort()).asks("GET", "/readyz");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.body()).contains("draining");
    assertThat(stopped).isNotDone();
    pod.release();
    Reply reply = slow.get(10, TimeUnit.SECONDS);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("in at last");
    stopped.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aStopDoesNotWaitLongerThanItWasTold() {
    TestPod pod = stage().pod();
    Gateway gateway =
        stage().gateway("drain: 500ms\n" + Stage.shop(pod, 10) + "rooms: {concert: {}}");
    Guest guest = whoIsIn(gateway);
    CompletableFuture<Reply> endless =
        CompletableFuture.supplyAsync(() -> guest.opens("/?held"), Stage.BESIDE);
    Stage.until("the request is at the pod", () -> pod.held() == 1);
    long began = System.nanoTime();
    gateway.stop();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(10);
    assertThatThrownBy(endless::join).hasRootCauseInstanceOf(java.io.IOException.class);
  }

  @Test
  void aStopWithNothingToDoIsQuick() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 10) + "rooms: {concert: {}}");
    guest(gateway.port()).comesIn("/");
    long began = System.nanoTime();
    gateway.stop();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(10);
    gateway.stop();
  }

  /**
   * On a busy machine the first visitor may be given a number first, and come in a moment later.
   */
  private Guest whoIsIn(Gateway gateway) {
    Guest guest = guest(gateway.port());
    guest.comesIn("/");
    return guest;
  }

  private boolean isRefused(int port) {
    try {
      guest(port).opens("/");
      return false;
    } catch (UncheckedIOException refused) {
      return true;
    }
  }
}
