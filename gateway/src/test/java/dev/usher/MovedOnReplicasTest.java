package dev.usher;

import static dev.usher.MovingGuest.asksForLink;
import static dev.usher.MovingGuest.button;
import static dev.usher.MovingGuest.continues;
import static dev.usher.MovingGuest.link;
import static dev.usher.MovingGuest.submits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** A visitor of three replicas who goes on in another browser. */
@Tag("redis")
@ParameterizedClass
@Over(Way.class)
class MovedOnReplicasTest {
  @Parameter private Way way = Way.HTTP_1;
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private List<Gateway> replicas = List.of();
  private Guest inside = new Guest(0);

  @BeforeEach
  void set() {
    stage = new Stage(folder, way);
    String yaml =
        "store: {redis: {url: '"
            + TestRedis.fresh()
            + "'}}\n"
            + Stage.shop(stage.pod(), 1)
            + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 60s}}";
    replicas = Stream.generate(() -> stage.gateway(yaml)).limit(3).toList();
    inside = guest(0).comesIn("/");
    for (int i = 0; i < 3; i++) {
      int replica = i;
      Stage.untilFull(() -> guest(replica));
    }
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private int port(int replica) {
    return replicas.get(replica).port();
  }

  private Guest guest(int replica) {
    return stage.guest(port(replica));
  }

  private Guest waiting(int replica) {
    Guest guest = guest(replica);
    assertThat(guest.opens("/").state()).isEqualTo("waiting");
    return guest;
  }

  private String state(Guest guest, int replica) {
    return guest.movesTo(port(replica)).place().json().getString("state");
  }

  private void untilMoved(Guest old) {
    for (int i = 0; i < 3; i++) {
      int replica = i;
      Stage.within(60, "replica " + i + " knows", () -> state(old, replica).equals("moved"));
    }
  }

  @Test
  void aLinkMadeAtOneIsUsedAtAnotherAndTheOldTabHearsOfItAtTheThird() {
    final Guest ahead = waiting(1);
    Guest old = waiting(0);
    Guest fresh = guest(1);
    try (Listening stream = old.movesTo(port(2)).listens()) {
      stream.hears("place", "waiting");
      String link = link(asksForLink(old.movesTo(port(0))));
      long began = System.nanoTime();
      assertThat(continues(fresh, link).status()).isEqualTo(200);
      stream.hears("state", "moved");
      System.out.printf("The old tab heard after %d ms%n", (System.nanoTime() - began) / 1_000_000);
      Stage.until("the stream ends", stream::isOver);
      assertThat(stream.ended()).isEqualTo("the end");
    }
    untilMoved(old);
    int before = 1;
    for (int round = 0; round < 30; round++) {
      JsonObject place = fresh.movesTo(port(round % 3)).place().json();
      assertThat(place.getInteger("ahead")).as("it never rises").isLessThanOrEqualTo(before);
      before = place.getInteger("ahead");
      if (round == 10) {
        ahead.posts("/_usher/leave");
      }
    }
    inside.posts("/_usher/leave");
    Stage.until("it is called", () -> state(fresh, 2).equals("called"));
    for (int i = 0; i < 3; i++) {
      assertThat(old.movesTo(port(i)).posts("/_usher/claim").status()).isEqualTo(410);
    }
    fresh.movesTo(port(0)).comesIn("/");
  }

  @Test
  void ofManyWhoUseOneLinkAtTheSameMomentExactlyOneHasThePlace() {
    Guest old = waiting(0);
    String link = link(asksForLink(old));
    Map<Guest, String> buttons = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      Guest guest = guest(i % 3);
      buttons.put(guest, button(guest.opens(link)));
    }
    List<CompletableFuture<Integer>> told = new ArrayList<>();
    buttons.forEach(
        (guest, button) ->
            told.add(
                CompletableFuture.supplyAsync(
                    () -> submits(guest, button).status(), Stage.BESIDE)));
    assertThat(told.stream().map(CompletableFuture::join))
        .containsOnlyOnce(200)
        .containsOnly(200, 410);
    assertThat(buttons.keySet().stream().filter(guest -> !guest.jar().isEmpty())).hasSize(1);
    untilMoved(old);
  }

  @Test
  void afterAResetALinkMovesNothingAndTheNextLineMovesAnew() {
    Guest old = waiting(0);
    final String link = link(asksForLink(old));
    Guest moved = waiting(0);
    continues(guest(1), link(asksForLink(moved)));
    untilMoved(moved);
    new Operator(replicas.get(0)).does("reset", new JsonObject().put("confirm", "concert"));
    for (int i = 0; i < 3; i++) {
      int replica = i;
      Stage.until("the line is gone", () -> state(old, replica).equals("none"));
    }
    Guest late = guest(1);
    assertThat(continues(late, link).status()).isEqualTo(409);
    assertThat(late.jar()).isEmpty();
    // The same numbers again, of which nothing has moved.
    for (Guest guest : List.of(waiting(0), waiting(1))) {
      for (int i = 0; i < 3; i++) {
        int replica = i;
        Stage.until("it waits", () -> state(guest, replica).equals("waiting"));
      }
      Guest fresh = guest(2);
      assertThat(continues(fresh, link(asksForLink(guest))).status()).isEqualTo(200);
      untilMoved(guest);
    }
  }

  @Test
  void whereTheStoreDoesNotKnowYetThePageAsksAgainAsTheSameBrowser() {
    Guest old = waiting(0);
    Guest fresh = guest(1);
    String button = button(fresh.opens(link(asksForLink(old))));
    String state = "usher:{shop}:concert:state";
    TestRedis.ask("HSET", state, "settles", "9999999999999");
    Reply asksAgain = submits(fresh, button);
    assertThat(asksAgain.status()).isEqualTo(503);
    assertThat(button(asksAgain)).isEqualTo(button);
    assertThat(fresh.jar()).isEmpty();
    TestRedis.ask("HSET", state, "settles", "1");
    assertThat(submits(fresh, button(asksAgain)).status()).isEqualTo(200);
    untilMoved(old);
  }

  @Test
  void whereVeryManyPlacesWereMovedTheOthersStay() {
    Guest old = waiting(0);
    String button = button(guest(1).opens(link(asksForLink(old))));
    String epoch = TestRedis.ask("HGET", "usher:{shop}:concert:state", "epoch");
    TestRedis.ask(
        "EVAL",
        "for i = 1, 100000 do redis.call('ZADD', KEYS[1], 128 * i + 1, 1000000 + i) end",
        "1",
        "usher:{shop}:concert:moves:" + epoch + ":0");
    Reply refused = answered(() -> submits(guest(1), button));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("very many took their places along");
    Reply toApp = answered(() -> guest(1).posts(button, "Usher-Ticket: none"));
    assertThat(toApp.json().getString("detail")).contains("stay where they are");
    assertThat(state(old, 0)).isEqualTo("waiting");
  }

  /** What is answered once the store has time for it, which so many moves take from it. */
  private static Reply answered(Supplier<Reply> question) {
    List<Reply> answers = new ArrayList<>();
    Stage.within(
        60,
        "the store answers",
        () -> {
          answers.add(0, question.get());
          return answers.get(0).status() != 503;
        });
    return answers.get(0);
  }

  @Test
  void whatTheReplicasKnowOutlivesAStoreThatLostEverything() {
    Guest old = waiting(0);
    Guest fresh = guest(1);
    continues(fresh, link(asksForLink(old)));
    untilMoved(old);
    TestRedis.ask("FLUSHDB");
    untilMoved(old);
    Guest third = guest(2);
    String button = button(third.opens(link(asksForLink(fresh))));
    Stage.within(60, "the store takes it", () -> submits(third, button).status() == 200);
    untilMoved(fresh);
    untilMoved(old);
  }
}
