package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evening of a sale: what an operator does, and what those who wait meet. */
abstract class EveningContract {
  /** In force everywhere after so long; what a busy machine adds is in what waits for it. */
  static final int IN_FORCE_MILLIS = 2000;

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private TestPod pod = stage.pod();

  /** Where the line is kept. */
  abstract String store();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    pod = stage.pod();
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private Gateway gateway(int sessions) {
    return stage.gateway(
        store()
            + Stage.shop(pod, sessions)
            + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 30s,"
            + " stock: {paths: [/checkout]}}}");
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private static boolean isIn(Guest guest) {
    return "admitted".equals(guest.opens("/").state());
  }

  private static boolean isSaid(Guest guest, String name, Object value) {
    return value.equals(guest.place().json().getValue(name));
  }

  @Test
  void aPauseLetsNobodyInAndTellsWhyUntilItIsTakenBack() {
    Gateway gateway = gateway(1);
    Operator operator = new Operator(gateway);
    Guest inside = new Guest(gateway.port()).comesIn("/");
    Guest waits = new Guest(gateway.port());
    assertThat(waits.opens("/").state()).isEqualTo("waiting");
    Stage.until("one waits", () -> operator.room().getLong("waiting") == 1);
    JsonObject dry = operator.does("pause", json("dryRun", true));
    assertThat(dry.getLong("touches")).isEqualTo(1);
    assertThat(operator.room().getJsonObject("live").getBoolean("paused")).isFalse();

    operator.does("pause", json("message", "Back at 20:15 <b>"));
    Wait.pause(IN_FORCE_MILLIS);
    assertThat(waits.place().json().getBoolean("paused")).isTrue();
    assertThat(waits.place().json().getString("message")).isEqualTo("Back at 20:15 <b>");
    assertThat(waits.opens("/").body())
        .contains("Admissions are paused for the moment. You keep your place.")
        .contains("The organiser says: \u201cBack at 20:15 &lt;b&gt;\u201d");
    assertThat(inside.fetches("/api").body()).isEqualTo("in");
    inside.posts("/_usher/leave");
    Guest newcomer = new Guest(gateway.port());
    for (int i = 0; i < 10; i++) {
      assertThat(waits.opens("/").state()).isEqualTo("waiting");
      assertThat(newcomer.opens("/").state()).isEqualTo("waiting");
      assertThat(waits.posts("/_usher/claim").json().getString("state")).isNotEqualTo("admitted");
      Wait.pause(100);
    }

    operator.does("resume");
    Stage.until("the first comes in", () -> isIn(waits));
    Stage.until("nothing is said any more", () -> !newcomer.place().body().contains("message"));
    assertThat(newcomer.place().json().getBoolean("paused")).isNull();
  }

  @Test
  void whatIsSaidIsToldToThoseWhoWaitUntilItIsTakenBack() {
    Gateway gateway = gateway(1);
    Operator operator = new Operator(gateway);
    new Guest(gateway.port()).comesIn("/");
    Guest waits = new Guest(gateway.port());
    waits.opens("/");
    operator.does("message", json("message", "Grüße \"aus\" \\ 서울"));
    Stage.until("it is told", () -> isSaid(waits, "message", "Grüße \"aus\" \\ 서울"));
    assertThat(waits.place().json().getString("state")).isEqualTo("waiting");
    operator.does("message", json("message", ""));
    Stage.until("it is told no more", () -> !waits.place().body().contains("message"));
  }

  @Test
  void soldOutEndsTheWaitAndCanBeTakenBack() {
    Gateway gateway = gateway(1);
    Operator operator = new Operator(gateway);
    Guest inside = new Guest(gateway.port()).comesIn("/");
    Guest waits = new Guest(gateway.port());
    waits.opens("/");
    operator.does("sold-out");
    Wait.pause(IN_FORCE_MILLIS);
    Reply told = waits.opens("/");
    assertThat(told.state()).isEqualTo("sold_out");
    assertThat(told.body()).contains("Everything is sold out, so nobody else is let in.");
    JsonObject place = waits.place().json();
    assertThat(place.getString("state")).isEqualTo("sold_out");
    assertThat(place.getValue("position")).isNull();
    Reply newcomer = new Guest(gateway.port()).opens("/");
    assertThat(newcomer.status()).isEqualTo(503);
    assertThat(newcomer.body()).contains("Sold out");
    assertThat(new Guest(gateway.port()).posts("/_usher/join").json().getString("type"))
        .isEqualTo("/problems/sold-out");
    assertThat(inside.fetches("/api").body()).isEqualTo("in");
    inside.posts("/_usher/leave");
    Wait.pause(600);
    assertThat(waits.opens("/").state()).isEqualTo("sold_out");

    operator.does("sold-out", json("soldOut", false));
    Stage.until("who waited comes in, in the old place", () -> isIn(waits));
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void theShopItselfSaysThatEverythingIsSoldOutAndThatSomethingIsBack() {
    Gateway gateway = gateway(1);
    Operator operator = new Operator(gateway);
    Guest inside = new Guest(gateway.port()).comesIn("/");
    Guest waits = new Guest(gateway.port());
    waits.opens("/");
    Reply elsewhere = inside.fetches("/list?stock=0");
    assertThat(elsewhere.header("Usher-Stock")).isNull();
    Wait.pause(600);
    assertThat(waits.opens("/").state()).isEqualTo("waiting");

    Reply said = inside.fetches("/checkout/9?stock=0");
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.header("Usher-Stock")).isNull();
    Stage.until("it is sold out", () -> isSaid(waits, "state", "sold_out"));
    assertThat(changes(operator).getJsonObject(0).getString("who")).isEqualTo("shop");
    inside.fetches("/checkout?stock=7");
    Wait.pause(300);
    assertThat(isSaid(waits, "state", "sold_out")).isTrue();
    inside.fetches("/checkout?stock=1");
    Wait.pause(IN_FORCE_MILLIS);
    assertThat(isSaid(waits, "state", "sold_out")).as("pods may disagree for a moment").isTrue();
    Wait.within(
        Duration.ofSeconds(60),
        "something is back",
        () -> {
          inside.fetches("/checkout?stock=1");
          return isSaid(waits, "state", "waiting");
        });
    inside.fetches("/checkout?stock=0");
    Stage.until("it is sold out again", () -> isSaid(waits, "state", "sold_out"));
    operator.does("sold-out", json("soldOut", false));
    Stage.until("the operator took it back", () -> isSaid(waits, "state", "waiting"));
    operator.does("sold-out", json("soldOut", true));
    inside.fetches("/checkout?stock=1");
    Wait.pause(IN_FORCE_MILLIS);
    assertThat(isSaid(waits, "state", "sold_out")).as("only an operator takes it back").isTrue();
  }

  @Test
  void aLimitOfSessionsHoldsBelowWhatThePodsBear() {
    Gateway gateway = gateway(50);
    Operator operator = new Operator(gateway);
    operator.does("limit", json("sessions", 2));
    List<Guest> guests = crowd(gateway, 6);
    Wait.pause(1500);
    guests.forEach(EveningContract::isIn);
    assertThat(guests.stream().filter(EveningContract::isIn).count()).isEqualTo(2);
    Guest waits = guests.stream().filter(guest -> !isIn(guest)).findFirst().orElseThrow();
    assertThat(waits.place().json().getBoolean("limited")).isTrue();
    assertThat(waits.opens("/").body()).contains("The organiser limits how many people come in.");
    operator.does("limit", json("sessions", 1_000_000));
    Stage.until("all come in", () -> guests.stream().allMatch(EveningContract::isIn));
    List<Guest> more = crowd(gateway, 60);
    Stage.until(
        "the pods are full", () -> more.stream().filter(EveningContract::isIn).count() == 44);
    Wait.pause(1000);
    assertThat(more.stream().filter(EveningContract::isIn).count()).isEqualTo(44);
  }

  @Test
  void aLimitOfAdmissionsAMinuteHoldsAndIsTakenBack() {
    Gateway gateway = gateway(500);
    Operator operator = new Operator(gateway);
    operator.does("limit", json("perMinute", 60));
    long began = System.nanoTime();
    List<Guest> guests = crowd(gateway, 20);
    for (int i = 0; i < 20; i++) {
      long in = guests.stream().filter(EveningContract::isIn).count();
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(in).isLessThanOrEqualTo((long) Math.ceil(seconds) + 1);
      Wait.pause(200);
    }
    assertThat(guests.stream().filter(EveningContract::isIn).count()).isGreaterThanOrEqualTo(2);
    operator.does("limit", new JsonObject().putNull("perMinute"));
    Stage.until("all come in", () -> guests.stream().allMatch(EveningContract::isIn));
  }

  @Test
  void soManyAreCalledByHandAndNoMoreThanThereArePlaces() {
    Gateway gateway = gateway(5);
    Operator operator = new Operator(gateway);
    operator.does("limit", json("perMinute", 0));
    List<Guest> guests = crowd(gateway, 12);
    Stage.until("all wait", () -> operator.room().getLong("waiting") == 12);
    assertThat(operator.does("admit", json("visitors", 3)).getLong("touches")).isEqualTo(3);
    Stage.until("three come in", () -> guests.stream().filter(EveningContract::isIn).count() == 3);
    Wait.pause(600);
    assertThat(guests.stream().map(EveningContract::isIn).toList())
        .startsWith(true, true, true, false);
    assertThat(operator.does("admit", json("visitors", 50)).getLong("touches")).isEqualTo(2);
    Stage.until(
        "the places are taken", () -> guests.stream().filter(EveningContract::isIn).count() == 5);
    Wait.pause(600);
    assertThat(guests.stream().filter(EveningContract::isIn).count()).isEqualTo(5);
    operator.does("pause");
    Reply refused = operator.asks("admit", json("visitors", 1));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("type")).isEqualTo("/problems/room-shut");
  }

  @Test
  void nobodyIsCalledByHandWhilePeopleGather() {
    LocalDateTime opensAt = SaleTimes.inSeconds(3600);
    Gateway gateway = stage.gateway(store() + Stage.shop(pod, 5) + SaleTimes.gathering(opensAt));
    Reply refused = new Operator(gateway).asks("admit", json("visitors", 1));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().getString("type")).isEqualTo("/problems/room-shut");
  }

  @Test
  void aResetTakesEveryPlaceInTheLineAndLeavesWhatIsSet() {
    Gateway gateway = gateway(1);
    Operator operator = new Operator(gateway);
    Guest inside = new Guest(gateway.port()).comesIn("/");
    Guest first = new Guest(gateway.port());
    first.opens("/");
    Guest second = new Guest(gateway.port());
    second.opens("/");
    operator.does("message", json("message", "stays"));
    Stage.until("two wait", () -> operator.room().getLong("waiting") == 2);
    assertThat(operator.asks("reset", new JsonObject()).status()).isEqualTo(400);
    Reply wrong = operator.asks("reset", json("confirm", "theatre"));
    assertThat(wrong.json().getString("type")).isEqualTo("/problems/not-confirmed");
    assertThat(operator.does("reset", json("confirm", "concert")).getLong("touches")).isEqualTo(2);
    Stage.until("their places are gone", () -> isSaid(first, "state", "none"));
    assertThat(inside.fetches("/api").body()).isEqualTo("in");
    assertThat(second.opens("/").state()).isEqualTo("waiting");
    assertThat(first.opens("/").state()).isEqualTo("waiting");
    Stage.until("the second is first now", () -> isSaid(second, "ahead", 0));
    assertThat(first.place().json().getString("message")).isEqualTo("stays");
  }

  @Test
  void whoDidWhatAndWhenIsRecordedWithTheOldAndTheNew() {
    Operator operator = new Operator(gateway(1));
    operator.does("pause", json("message", "moment"));
    operator.does("resume");
    JsonArray changes = changes(operator);
    assertThat(changes).hasSize(2);
    JsonObject last = changes.getJsonObject(0);
    assertThat(last.getString("action")).isEqualTo("resume");
    assertThat(last.getString("who")).isEqualTo("anna");
    assertThat(last.getString("from")).isEqualTo("127.0.0.1");
    assertThat(last.getString("at")).matches("20\\d\\d-.*Z");
    assertThat(last.getJsonObject("old").getString("message")).isEqualTo("moment");
    assertThat(last.getJsonObject("new").getBoolean("paused")).isFalse();
  }

  private static JsonArray changes(Operator operator) {
    Reply audit = operator.reads("/api/audit");
    assertThat(audit.status()).as(audit.body()).isEqualTo(200);
    return audit.json().getJsonArray("changes");
  }

  private static List<Guest> crowd(Gateway gateway, int size) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Guest guest = new Guest(gateway.port());
      guest.opens("/");
      guests.add(guest);
    }
    return guests;
  }
}
