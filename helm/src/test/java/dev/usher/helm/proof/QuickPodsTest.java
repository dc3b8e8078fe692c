package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.cli.drill.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are fast from their first answer on, with every default: none is kept waiting. */
@OnCluster
@Order(6)
final class QuickPodsTest {
  private static final int FIRST = 2;
  private static final int PODS = 8;
  private static final int DECLARED = 100;

  /** One of eight may be lost: seven eighths are used. */
  private static final int ALLOWED = PODS * DECLARED * 7 / 8;

  private static final Duration MINUTES = Duration.ofMinutes(2);
  private static final int MINUTE_MILLIS = 60_000;

  @TempDir private Path folder = Path.of(".");
  private final World world;

  QuickPodsTest(World world) {
    this.world = world;
  }

  @Test
  void eightPodsAreUsedAMinuteAfterTheyAreReady() throws IOException {
    Shop quick = new Shop(world.client(), world.namespace(), "quick");
    quick.open(FIRST, 20);
    quick.awaitReady(FIRST, MINUTES);
    String yaml = Texts.of("quick.yaml", "NAMESPACE", world.namespace(), "SERVICE", "quick");
    try (HostGateway gateway =
        HostGateway.configured(world.kubeconfig(), yaml, "run", "--config")) {
      String ops = gateway.awaitOps();
      awaitReady(ops, FIRST);
      try (ChildJvm crowd = crowd(gateway.awaitDoor())) {
        quick.scale(PODS);
        awaitReady(ops, PODS);
        Until.pause(MINUTE_MILLIS);
        JsonNode shop = shop(ops);
        Until.measured(
            "%d pods of 20 ms, of which %d were met: %d sessions a minute after the last was ready,"
                + " capacity %d, of %d",
            PODS, FIRST, shop.at("/sessions").asInt(), shop.at("/capacity").asInt(), ALLOWED);
        assertThat(shop.at("/sessions").asInt())
            .as(crowd.printed())
            .isBetween(ALLOWED * 8 / 10, ALLOWED);
      }
    } finally {
      quick.scale(0);
    }
  }

  /** More than there is room for; they look around and do not leave. */
  private ChildJvm crowd(String door) throws IOException {
    return ChildJvm.start(
        "crowd",
        folder,
        List.of("-Xmx512m", "-XX:+UseSerialGC"),
        List.of(
            "dev.usher.cli.Main",
            "drill",
            "--visitors=900",
            "--within=1s",
            "--session=30m",
            "--think=5s",
            "--leave-silently=0",
            "--for=180s",
            door + "/"));
  }

  private void awaitReady(String ops, int pods) {
    Until.so(
        MINUTES,
        () -> shop(ops).at("/podsReady").asInt() == pods,
        () -> pods + " pods, but " + shop(ops));
  }

  private JsonNode shop(String ops) {
    return world.http().json(ops + "/api/upstreams").at("/upstreams/0");
  }
}
