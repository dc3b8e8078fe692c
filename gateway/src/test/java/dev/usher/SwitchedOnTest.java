package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Over;
import dev.usher.store.redis.RestartableRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live site that Usher is put in front of: first it only watches, then it guards. The store is
 * the gateway's own, which no way makes late here.
 */
@Over(
    value = Way.class,
    only = {"HTTP_1", "HTTP_2"})
@Tag("long")
class SwitchedOnTest extends EveryWay {
  private static final int ACTIVE = 100;

  @TempDir private Path folder = Path.of(".");

  /** Two pods that bear a hundred each, by the defaults. */
  private String site() {
    return way().listen("")
        + """
        upstreams:
          shop:
            pods: ["%s", "%s"]
            sessionsPerPod: 100
            probe: {path: /healthz, interval: 200ms, timeout: 10s}
        """
            .formatted(stage().pod().url(), stage().pod().url());
  }

  private static String room(String mode) {
    return "rooms: {concert: {mode: " + mode + "}}";
  }

  @Test
  void nobodyWhoIsActiveEverWaitsAndNewcomersDoWhenItGuards() {
    String site = site();
    LiveFile file = new LiveFile(stage(), folder, site + room("observe"));
    List<Guest> active = visitors(file.port());
    active.forEach(guest -> assertThat(guest.opens("/").state()).isEqualTo("admitted"));
    active.forEach(guest -> assertThat(guest.fetches("/api").body()).isEqualTo("in"));
    Stage.until("all are counted", () -> sessions(file) == ACTIVE);
    assertThat(told(file, "inside")).isEqualTo(ACTIVE);

    file.becomes(site + room("guard"));
    for (Guest guest : active) {
      assertThat(guest.fetches("/api").body()).isEqualTo("in");
      assertThat(guest.opens("/").state()).isEqualTo("admitted");
    }
    assertThat(sessions(file)).isEqualTo(ACTIVE);
    assertThat(told(file, "inside")).isEqualTo(ACTIVE);
    // A hundred are inside, and no more than sixty may be so far.
    assertThat(guest(file.port()).opens("/").state()).isEqualTo("waiting");

    file.becomes(site + room("observe"));
    assertThat(guest(file.port()).opens("/").state()).isEqualTo("admitted");
  }

  @Test
  void whoWaitedComesInWhenItOnlyWatchesAndLeavesTheLine() {
    String shop = way().listen("") + Stage.shop(stage().pod(), 1);
    LiveFile file = new LiveFile(stage(), folder, shop + room("guard"));
    Guest inside = guest(file.port());
    inside.comesIn("/");
    Guest waits = guest(file.port());
    assertThat(waits.opens("/").state()).isEqualTo("waiting");
    Stage.until("it is in the line", () -> told(file, "waiting") == 1);

    file.becomes(shop + room("observe"));
    assertThat(waits.place().json().getString("state")).isEqualTo("admitted");
    assertThat(waits.opens("/").body()).isEqualTo("in");
    Stage.until("nobody is in the line", () -> told(file, "waiting") == 0);
    Stage.until("both are inside", () -> sessions(file) == 2);
  }

  @Test
  void whoIsActiveWhenItGuardsAtOnceWaitsOnlyBeyondWhatIsTrusted() {
    LiveFile file = new LiveFile(stage(), folder, site() + room("guard"));
    List<Guest> active = visitors(file.port());
    active.forEach(guest -> guest.opens("/"));
    Stage.within(
        60,
        "as many are inside as are trusted",
        () -> active.stream().filter(g -> "admitted".equals(g.opens("/").state())).count() >= 60);
  }

  @Test
  @Tag("redis")
  void everyoneGoesOnWhileTheStoreIsAwayAndIsCountedOnceItIsBack() {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      Gateway gateway =
          stage()
              .gateway(
                  "store: {redis: {url: '"
                      + redis.url()
                      + "'}}\n"
                      + Stage.shop(stage().pod(), 1)
                      + room("observe"));
      Guest before = guest(gateway.port());
      before.opens("/");
      redis.stop();
      List<Guest> others = visitors(gateway.port());
      others.forEach(guest -> assertThat(guest.opens("/").state()).isEqualTo("admitted"));
      assertThat(before.fetches("/api").body()).isEqualTo("in");
      redis.start();
      Guest operator = new Guest(gateway.opsPort());
      Stage.until(
          "all are counted",
          () -> operator.fetches("/api/rooms/concert").json().getLong("sessions") == ACTIVE + 1);
    }
  }

  @Test
  @Tag("redis")
  void everyoneGoesOnWhereTheStoreNeverWasThere() {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      redis.stop();
      Gateway gateway =
          stage()
              .gateway(
                  "store: {redis: {url: '"
                      + redis.url()
                      + "'}}\n"
                      + Stage.shop(stage().pod(), 1)
                      + "rooms: { concert: {mode: observe}}");
      Stage.until(
          "it is ready", () -> new Guest(gateway.opsPort()).fetches("/readyz").status() == 200);
      Guest guest = guest(gateway.port());
      assertThat(guest.opens("/").state()).isEqualTo("admitted");
      assertThat(guest.fetches("/api").body()).isEqualTo("in");
    }
  }

  @Test
  @Tag("redis")
  void eachReplicaTellsHowManyAreInsideTheRoomBeforeAtAndAfterTheChange() throws IOException {
    try (RestartableRedis redis = new RestartableRedis(folder)) {
      String site = "store: {redis: {url: '" + redis.url() + "'}}\n" + site();
      LiveFile one = new LiveFile(stage(), folder, site + room("observe"));
      LiveFile other =
          new LiveFile(
              stage(), Files.createDirectory(folder.resolve("other")), site + room("observe"));
      List<LiveFile> both = List.of(one, other);
      both.forEach(file -> Stage.until("settled", () -> isSettled(file)));
      List<Guest> active = new ArrayList<>();
      both.forEach(file -> active.addAll(visitors(file.port()).subList(0, ACTIVE / 4)));
      active.forEach(guest -> assertThat(guest.opens("/").state()).isEqualTo("admitted"));
      for (String mode : List.of("observe", "guard", "observe")) {
        both.forEach(file -> file.becomes(site + room(mode)));
        both.forEach(
            file -> Stage.until("all are inside", () -> told(file, "inside") == ACTIVE / 2));
        both.forEach(file -> Stage.until("all are counted", () -> sessions(file) == ACTIVE / 2));
        active.forEach(guest -> assertThat(guest.fetches("/api").body()).isEqualTo("in"));
      }
    }
  }

  private static boolean isSettled(LiveFile file) {
    return "good".equals(file.operator().fetches("/api/rooms/concert").json().getString("store"));
  }

  private List<Guest> visitors(int port) {
    return Stream.generate(() -> guest(port)).limit(ACTIVE).toList();
  }

  private static long sessions(LiveFile file) {
    return told(file, "sessions");
  }

  private static long told(LiveFile file, String field) {
    return file.operator().fetches("/api/rooms/concert").json().getLong(field);
  }
}
