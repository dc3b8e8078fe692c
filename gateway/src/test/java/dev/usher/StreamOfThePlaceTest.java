package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Visitors who do not ask but listen. */
@Over(Way.class)
class StreamOfThePlaceTest extends EveryWay {
  private static final String ROOM = "rooms: {concert: {poll: {min: 200ms}}}";

  @Test
  void aPlaceIsToldAtOnceAndThenTheTurn() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM);
    Guest inside = guest(gateway.port());
    inside.comesIn("/");
    Guest guest = guest(gateway.port());
    assertThat(guest.posts("/_usher/join").json().getString("state")).isEqualTo("waiting");
    try (Listening stream = guest.listens()) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
      assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
      JsonObject told = stream.hears("place", "waiting").data();
      assertThat(told.fieldNames()).isEqualTo(guest.place().json().fieldNames());
      assertThat(stream.retry()).isBetween(1000L, 10_000L);
      inside.posts("/_usher/leave");
      stream.hears("turn", "called");
      assertThat(guest.posts("/_usher/claim").json().getString("state")).isEqualTo("admitted");
    }
    Listening late = guest.listens();
    late.hears("state", "admitted");
    Stage.until("nothing more is said", late::isOver);
  }

  @Test
  void whoComesInByAnotherTabListensAnewAndHearsSo() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM);
    Guest inside = guest(gateway.port());
    inside.comesIn("/");
    Guest guest = guest(gateway.port());
    guest.opens("/");
    try (Listening stream = guest.listens()) {
      stream.hears("place", "waiting");
      inside.posts("/_usher/leave");
      stream.hears("turn", "called");
      assertThat(stream.isOver()).as("the stream of who has not come in").isFalse();
      Guest tab = guest(gateway.port()).withJarOf(guest);
      assertThat(tab.posts("/_usher/claim").json().getString("state")).isEqualTo("admitted");
      Stage.until("the stream ends", stream::isOver);
      assertThat(stream.ended()).isEqualTo("the end");
      assertThat(stream.retry()).isBetween(1000L, 10_000L);
      try (Listening again = tab.listens()) {
        again.hears("state", "admitted");
      }
    }
  }

  @Test
  void aPlaceFallsAsThoseAheadLeaveAndNeverRises() {
    int port = fullHouse(ROOM);
    List<Guest> ahead = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ahead.add(guest(port));
      ahead.get(i).opens("/");
    }
    Guest guest = guest(port);
    guest.opens("/");
    Stage.until("all are counted", () -> guest.place().json().getInteger("ahead", -1) == 3);
    try (Listening stream = guest.listens()) {
      ahead.get(1).posts("/_usher/leave");
      Stage.until("two are ahead", () -> stream.last().ahead() == 2);
      ahead.get(0).posts("/_usher/leave");
      Stage.until("one is ahead", () -> stream.last().ahead() == 1);
      List<Integer> told = stream.events().stream().map(Listening.Event::ahead).toList();
      for (int i = 1; i < told.size(); i++) {
        assertThat(told.get(i)).isLessThanOrEqualTo(told.get(i - 1));
      }
    }
  }

  @Test
  void whatTheOrganiserSetsIsHeard() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM);
    guest(gateway.port()).comesIn("/");
    Guest guest = guest(gateway.port());
    guest.opens("/");
    Operator operator = new Operator(gateway);
    try (Listening stream = guest.listens()) {
      stream.hears("place", "waiting");
      operator.does("message", new JsonObject().put("message", "Doors at <8>"));
      assertThat(stream.hears("message", "waiting").data().getString("message"))
          .isEqualTo("Doors at <8>");
      operator.does("pause");
      Stage.until("the pause is heard", () -> stream.last().data().getBoolean("paused", false));
      assertThat(stream.last().name()).isEqualTo("state");
      operator.does("resume");
      Stage.until("its end too", () -> !stream.last().data().containsKey("paused"));
      operator.does("sold-out");
      stream.hears("state", "sold_out");
    }
  }

  @Test
  void whoGivesUpThePlaceHearsSoAndNothingMore() {
    int port = fullHouse(ROOM);
    Guest guest = guest(port);
    guest.opens("/");
    Listening stream = guest.listens();
    stream.hears("place", "waiting");
    guest.posts("/_usher/leave");
    stream.hears("state", "none");
    Stage.until("the stream ends", stream::isOver);
  }

  @Test
  void anotherStreamTellsNoMoreThanTheLastEventDid() {
    int port = fullHouse(ROOM);
    guest(port).opens("/");
    Guest guest = guest(port);
    guest.opens("/");
    Stage.until("one is ahead", () -> guest.place().json().getInteger("ahead", -1) == 1);
    try (Listening stream = guest.listens()) {
      String id = stream.hears("place", "waiting").id();
      assertThat(id).endsWith("-1");
      String lower = id.substring(0, id.length() - 1) + "0";
      try (Listening again = guest.listens("Last-Event-ID: " + lower)) {
        assertThat(again.hears("place", "waiting").ahead()).isZero();
      }
      for (String odd : List.of("1-2-3", "-", "a-b-c", id + "-9", "9".repeat(70))) {
        try (Listening again = guest(port).withJarOf(guest).listens("Last-Event-ID: " + odd)) {
          assertThat(again.hears("place", "waiting").ahead()).as(odd).isZero();
        }
      }
    }
  }

  @Test
  void whoIsNotInLineHearsSo() {
    int port = fullHouse(ROOM);
    Listening stream = guest(port).listens();
    assertThat(stream.status()).isEqualTo(200);
    stream.hears("state", "none");
    assertThat(stream.retry()).isEqualTo(60_000);
    Stage.until("nothing more is said", stream::isOver);
    assertThat(guest(port).posts("/_usher/stream").status()).isEqualTo(405);
  }

  @Test
  void beyondTheLimitVisitorsAreToldToAsk() {
    String listen = way().listen("limits: {streams: 1}");
    Gateway gateway = stage().gateway(listen + Stage.shop(stage().pod(), 1) + ROOM);
    guest(gateway.port()).comesIn("/");
    Guest guest = guest(gateway.port());
    guest.opens("/");
    Guest other = guest(gateway.port());
    other.opens("/");
    try (Listening stream = guest.listens()) {
      stream.hears("place", "waiting");
      Reply refused = other.fetches("/_usher/stream");
      try (ApiContract contract = ApiContract.of(other)) {
        contract.holds("stream", refused);
      }
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().getString("type")).isEqualTo("/problems/poll-instead");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(30, 60);
      assertThat(other.place().json().getString("state")).isEqualTo("waiting");
    }
    Stage.until("there is room again", () -> opensOne(other));
    String metrics = new Operator(gateway).reads("/metrics").body();
    assertThat(metrics).contains("usher_streams_shed_total ").contains("usher_open_streams ");
  }

  @Test
  void oneTicketDoesNotHoldAllStreams() {
    // So many that a replica on a busy machine still calls these few, and sheds none.
    String listen = way().listen("limits: {streams: 200}");
    Gateway gateway = stage().gateway(listen + Stage.shop(stage().pod(), 1) + ROOM);
    guest(gateway.port()).comesIn("/");
    Guest guest = guest(gateway.port());
    guest.opens("/");
    Guest other = guest(gateway.port());
    other.opens("/");
    List<Listening> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        streams.add(guest(gateway.port()).withJarOf(guest).listens());
        streams.get(i).head();
      }
      Stage.until("all but the newest few end", () -> openOf(streams).size() <= 6);
      assertThat(openOf(streams)).hasSize(6);
      for (Listening older : streams) {
        if (older.isOver() && older.status() == 200) {
          assertThat(older.ended()).isEqualTo("the end");
          assertThat(older.retry()).isBetween(30_000L, 60_000L);
        }
      }
      try (Listening stream = other.listens()) {
        stream.hears("place", "waiting");
      }
      assertThat(guest.place().json().getString("state")).isEqualTo("waiting");
    } finally {
      streams.forEach(Listening::close);
    }
  }

  private static List<Listening> openOf(List<Listening> streams) {
    return streams.stream().filter(each -> each.status() == 200 && !each.isOver()).toList();
  }

  private static boolean opensOne(Guest guest) {
    try (Listening stream = guest.listens()) {
      return stream.status() == 200;
    }
  }

  @Test
  void aGatewayThatStopsEndsItsStreams() {
    Gateway gateway = stage().gateway(Stage.shop(stage().pod(), 1) + ROOM);
    guest(gateway.port()).comesIn("/");
    Guest guest = guest(gateway.port());
    guest.opens("/");
    Listening stream = guest.listens();
    stream.hears("place", "waiting");
    gateway.stop();
    Stage.until("the stream ends", stream::isOver);
    assertThat(stream.retry()).isBetween(1000L, 10_000L);
    assertThat(stream.ended()).isEqualTo("the end");
  }
}
