package dev.usher;

import dev.usher.token.Keys;
import dev.usher.token.Pass;
import dev.usher.token.Passes;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Plays of a shop whose pods keep carts in memory. */
abstract class StickyPlay extends EveryWay {
  private static final String ROOM =
      "rooms: {concert: {poll: {min: 200ms}, bypass: {paths: [/b]}}}";

  final List<TestPod> pods = new ArrayList<>();

  final String shop(String sticky, String more, int count) {
    while (pods.size() < count) {
      pods.add(stage().pod());
    }
    return "upstreams:\n  shop:\n    pods: ["
        + String.join(", ", pods.stream().map(pod -> '"' + pod.url() + '"').toList())
        + "]\n    sticky: "
        + sticky
        + "\n    "
        + Stage.bearing(100)
        + more
        + "\n    probe: {path: /healthz, interval: 200ms, timeout: 10s}\n"
        + ROOM;
  }

  /** The pods that were asked for this. */
  final List<TestPod> askedFor(String uri) {
    return pods.stream()
        .filter(pod -> pod.asked.stream().anyMatch(asked -> asked.uri().equals(uri)))
        .toList();
  }

  /** All pods ready, so that a session could go anywhere. */
  final Gateway gateway(String yaml, int ready) {
    Gateway gateway = stage().gateway(yaml);
    Stage.until("all pods are ready", () -> upstream(gateway).getInteger("podsReady") == ready);
    return gateway;
  }

  static JsonObject upstream(Gateway gateway) {
    return new Guest(gateway.opsPort())
        .fetches("/api/upstreams")
        .json()
        .getJsonArray("upstreams")
        .getJsonObject(0);
  }

  /** So many guests whose sessions are on this pod. */
  final List<Guest> on(TestPod pod, int port, int count) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; guests.size() < count; i++) {
      String page = "/of" + pods.indexOf(pod) + "/" + i;
      Guest guest = guest(port);
      guest.comesIn(page);
      if (askedFor(page).contains(pod)) {
        guests.add(guest);
      } else {
        guest.posts("/_usher/leave");
      }
    }
    return guests;
  }

  /** Each has a request on its way, and their pod is full. */
  static List<CompletableFuture<Reply>> fill(TestPod pod, List<Guest> guests) {
    List<CompletableFuture<Reply>> held =
        guests.stream()
            .map(
                guest -> CompletableFuture.supplyAsync(() -> guest.fetches("/?held"), Stage.BESIDE))
            .toList();
    Stage.until("the pod is full", () -> pod.held() == guests.size());
    return held;
  }

  final String pass(Guest guest) {
    return Objects.requireNonNull(guest.jar().get(way().cookie("usher-pass-concert")));
  }

  /** What a pass says of a gateway whose key lasts. */
  static Pass read(String pass) {
    Passes passes = new Passes(Keys.parse(Stage.KEY));
    return Objects.requireNonNull(passes.verifyEver(pass, "concert"));
  }

  /** The pod that such a pass names; 0 for none. */
  static long podIn(String pass) {
    return read(pass).pod();
  }
}
