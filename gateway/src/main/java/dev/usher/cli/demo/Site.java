package dev.usher.cli.demo;

import dev.usher.cli.drill.http.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The demo's pods. */
final class Site implements AutoCloseable {
  /** Far more than a pod takes to start and to be killed by crowds. */
  private static final long START_MAX_MS = 60_000;

  private static final long LOOK_MS = 100;

  private final List<PodKeeper> pods = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();

  Site(DemoPlan plan, Ports ports, Path dir, String control) {
    ShopTimes times = ShopTimes.startingWithin(plan.coldStart());
    for (int i = 0; i < DemoPlan.PODS; i++) {
      int port = ports.firstPod() + i;
      pods.add(new PodKeeper(port, times, dir, control));
      urls.add("http://127.0.0.1:" + port);
    }
  }

  List<PodKeeper> pods() {
    return List.copyOf(pods);
  }

  List<String> urls() {
    return List.copyOf(urls);
  }

  List<Target> targets() {
    return urls.stream().map(url -> Target.of(url + "/")).toList();
  }

  /** Starts, or restarts, every pod. */
  void start() {
    pods.forEach(PodKeeper::start);
  }

  int ready() {
    return (int) pods.stream().filter(PodKeeper::isReady).count();
  }

  int deaths() {
    return pods.stream().mapToInt(PodKeeper::deaths).sum();
  }

  int outOfMemory() {
    return pods.stream().mapToInt(PodKeeper::outOfMemory).sum();
  }

  /** Most requests at once on any pod, as the pods counted. */
  long inFlightMax() {
    return pods.stream().mapToLong(PodKeeper::inFlightMax).max().orElse(0);
  }

  /** Waits until every pod is ready. */
  void awaitReady(LongSupplier millis) throws InterruptedException {
    long end = millis.getAsLong() + START_MAX_MS;
    while (ready() < pods.size()) {
      if (millis.getAsLong() > end) {
        throw new IllegalStateException("The pods must be ready within 60 s but were not");
      }
      Thread.sleep(LOOK_MS);
    }
  }

  @Override
  public void close() {
    pods.parallelStream().forEach(PodKeeper::close);
  }
}
