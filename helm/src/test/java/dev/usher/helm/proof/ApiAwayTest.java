package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The way to the API server is shut, frozen and cut, for a gateway on this machine. */
@OnCluster
@Order(3)
final class ApiAwayTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** A request that got no answer is given up after five seconds, and then all is read anew. */
  private static final Duration WELL_AGAIN = Duration.ofSeconds(15);

  private final World world;
  private final ApiDoor door;
  private final HostGateway gateway;
  private final Sightings sightings;

  ApiAwayTest(World world) {
    this.world = world;
    world.shop().scale(3);
    world.shop().awaitReady(3, A_MINUTE.multipliedBy(2));
    this.door = new ApiDoor(world.kubeconfig());
    this.gateway =
        HostGateway.start(
            door.kubeconfig(same -> same), world.namespace(), "shop", "run", "--config");
    this.sightings = new Sightings(gateway.awaitOps(), world.http());
    awaitUsed(3, A_MINUTE);
  }

  @AfterEach
  void end() {
    sightings.close();
    gateway.close();
    door.close();
  }

  @Test
  @Order(1)
  void podsAreFollowedThoughTheWatchIsCutEverySecond() {
    try (Slices slices = new Slices(world, "shop")) {
      world.shop().scale(5);
      for (int i = 0; i < 10; i++) {
        Until.pause(1000);
        door.cut();
        if (i == 6) {
          world.shop().scale(3);
        }
      }
      awaitUsed(3, WELL_AGAIN);
      List<Sightings.Lag> lags = sightings.lags(slices.changes(), Meeting.PER_POD);
      Until.measured("watch cut every second: pods followed after %s ms", lags);
      assertThat(lags).allMatch(lag -> lag.atLeast() < 2000);
    }
  }

  @Test
  @Order(2)
  void aFrozenApiTakesNothingAwayAndIsReadAnewWhenItThaws() {
    door.freeze();
    world.shop().scale(2);
    Until.pause(12_000);
    assertThat(sightings.all()).allMatch(seen -> seen.capacity() > 0);
    door.thaw();
    Until.measured(
        "API frozen for 12 s: right again %d ms after the thaw", awaitUsed(2, WELL_AGAIN));
  }

  @Test
  @Order(3)
  void anApiThatIsAwayTakesNobodyOut() {
    awayFor(Boolean.getBoolean("usher.cluster.long") ? 300 : 30);
  }

  @Test
  @Order(4)
  void aGatewayStartedWhileTheApiIsAwayIsNotReadyUntilItIsBack() {
    door.shut();
    try (HostGateway late =
        HostGateway.start(
            door.kubeconfig(same -> same), world.namespace(), "shop", "run", "--config")) {
      String ops = late.awaitOps();
      Until.pause(3000);
      assertThat(world.http().text(ops + "/readyz")).contains("pods_never_read");
      door.reopen();
      Duration took =
          Until.so(
              WELL_AGAIN,
              () -> world.http().json(ops + "/readyz").path("ready").asBoolean(),
              late::printed);
      Until.measured("started while the API was away: ready %d ms after it", took.toMillis());
    }
  }

  private void awayFor(int seconds) {
    door.shut();
    Until.pause(seconds * 1000L);
    Sightings.Sighting last = java.util.Objects.requireNonNull(sightings.last());
    world.shop().scale(4);
    Until.measured("API away for %d s: capacity %d of %d", seconds, last.capacity(), 27);
    assertThat(last.used()).hasSize(3);
    assertThat(last.capacity()).isPositive();
    world.shop().awaitReady(4, A_MINUTE);
    door.reopen();
    Until.measured(
        "API away for %d s: right again %d ms after it was back",
        seconds, awaitUsed(4, WELL_AGAIN));
  }

  private long awaitUsed(int pods, Duration atMost) {
    return Until.so(
            atMost,
            () -> sightings.capacity() == pods * Meeting.PER_POD,
            () -> pods + " pods used, but " + sightings.last() + "\n" + gateway.printed())
        .toMillis();
  }
}
