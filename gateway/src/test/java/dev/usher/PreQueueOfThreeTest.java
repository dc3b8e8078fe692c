package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.TestRedis;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People gather before three replicas, whoever of them leads, and though all are restarted. */
@Tag("redis")
class PreQueueOfThreeTest {
  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private String shop = "";
  private final List<Gateway> gateways = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    shop = Stage.shop(stage.pod(), 2);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private String yaml(URI redis, LocalDateTime opensAt) {
    return "store: {redis: {url: '" + redis + "'}}\n" + shop + SaleTimes.gathering(opensAt);
  }

  private void replicas(int count) {
    for (int i = 0; i < count; i++) {
      gateways.add(stage.watching(folder.resolve("gateway.yaml")));
    }
    Stage.until(
        "what the store may have lost would be back",
        () -> gateways.stream().allMatch(each -> "good".equals(room(each).getString("store"))));
  }

  private static JsonObject room(Gateway gateway) {
    return new Guest(gateway.opsPort()).fetches("/api/rooms/concert").json();
  }

  private void gather(int count) {
    for (int i = 0; i < count; i++) {
      Guest guest = new Guest(gateways.get(i % gateways.size()).port());
      Reply page = guest.opens("/");
      assertThat(page.state()).isEqualTo("waiting");
      assertThat(page.body()).contains(SaleTimes.SAID);
      // A store that a busy machine makes late gives the number a moment later.
      Stage.until("it knows the place", () -> ahead(guest) >= 0);
      assertThat(guests).allMatch(before -> ahead(before) < ahead(guest));
      guests.add(guest);
    }
  }

  private static int ahead(Guest guest) {
    return guest.place().json().getInteger("ahead", -1);
  }

  /** The opening is moved to a few seconds ahead, and the first two come in then, none before. */
  private void open(URI redis) {
    LocalDateTime opensAt = SaleTimes.inSeconds(8);
    LiveFile.write(folder.resolve("gateway.yaml"), yaml(redis, opensAt));
    SaleTimes.nobodyComesInBefore(opensAt, guests);
    guests.get(0).comesIn("/");
    guests.get(1).comesIn("/");
    assertThat(guests.get(2).opens("/").state()).isEqualTo("waiting");
  }

  @Test
  void whoLeadsNextLetsNobodyInBeforeTheOpeningAndAllFromThenOn() {
    URI redis = TestRedis.fresh();
    LiveFile.write(folder.resolve("gateway.yaml"), yaml(redis, SaleTimes.inSeconds(3600)));
    replicas(3);
    gather(6);
    Gateway leader =
        gateways.stream().filter(each -> room(each).getBoolean("leader")).findFirst().orElseThrow();
    gateways.remove(leader);
    leader.stop();
    guests.forEach(guest -> guest.movesTo(gateways.get(guests.indexOf(guest) % 2).port()));
    Stage.until(
        "another one leads",
        () -> gateways.stream().anyMatch(each -> room(each).getBoolean("leader")));
    open(redis);
  }

  @Test
  void whenAllAreRestartedEverybodyKeepsThePlaceAndNobodyIsLetInEarly() {
    URI redis = TestRedis.fresh();
    LiveFile.write(folder.resolve("gateway.yaml"), yaml(redis, SaleTimes.inSeconds(3600)));
    replicas(1);
    gather(4);
    gateways.remove(0).stop();
    replicas(1);
    guests.forEach(guest -> guest.movesTo(gateways.get(0).port()));
    for (int i = 0; i < guests.size(); i++) {
      int before = i;
      Stage.until("the place is as before", () -> ahead(guests.get(before)) == before);
    }
    open(redis);
  }
}
