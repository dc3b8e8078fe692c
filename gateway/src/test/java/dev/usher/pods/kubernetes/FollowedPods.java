package dev.usher.pods.kubernetes;

import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.house.Wait;
import dev.usher.pods.PodChange;
import dev.usher.pods.PodView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.Roster;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** The pods of one service, followed over real sockets. */
abstract class FollowedPods {
  final PretendedApi api = new PretendedApi();
  final Cluster cluster =
      Cluster.open(
          new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
              .withMasterUrl(api.url())
              .build(),
          Map.of(),
          bound -> 0);
  final Queue<PodChange> changes = new ConcurrentLinkedQueue<>();
  final Roster pods =
      new Roster(
          new UpstreamOptions(
              "shop",
              List.of(),
              new Declared(50, 0, 100, 0),
              Tuning.DEFAULT,
              10,
              new UpstreamOptions.ProbeOptions(
                  "/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1)),
          changes::add);
  final KubernetesOptions service = new KubernetesOptions("shop", "shop", null, false, true, true);
  final KubernetesPods followed = new KubernetesPods(cluster, service, pods, () -> {});

  @AfterEach
  void letGo() {
    followed.end();
    cluster.close().await();
    api.close();
  }

  final void start() {
    var unused = followed.begin();
  }

  final void until(String what, BooleanSupplier condition) {
    Wait.until(
        what,
        () -> {
          pods.see(System.currentTimeMillis());
          return condition.getAsBoolean();
        });
  }

  final void untilReady(String... addresses) {
    until(
        "ready are just " + List.of(addresses),
        () ->
            pods.view().stream()
                .filter(PodView::ready)
                .map(view -> view.pod().host())
                .sorted()
                .toList()
                .equals(List.of(addresses)));
  }

  final void untilStaying(int number) {
    until("so many pods stay: " + number, () -> pods.staying() == number);
  }
}
