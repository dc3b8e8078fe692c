package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The configuration of an evening on which several shops open, and what Usher says of it. */
final class Evening {
  private final Sale sale;
  private final ZoneId zone;
  private final Map<String, String> floors = new LinkedHashMap<>();
  private final Map<String, List<String>> events = new LinkedHashMap<>();
  private int told;

  Evening(Sale sale, Instant now) {
    this.sale = sale;
    // An event is known by its day, so let it be noon somewhere: no play is to last past midnight.
    int ahead = 12 - now.atOffset(ZoneOffset.UTC).getHour();
    this.zone = ZoneId.of("Etc/GMT" + (ahead > 0 ? "-" + ahead : "+" + -ahead));
  }

  /** A shop whose floor follows this, with these events. */
  void shop(String name, String floor, String... its) {
    floors.put(name, floor);
    events.put(name, List.of(its));
  }

  /** The same shop with other events. */
  void change(String name, String... its) {
    events.put(name, List.of(its));
  }

  /** An event that wants so many pods; more words are settings of it. */
  String event(String name, Instant opensAt, int pods, String more) {
    return "{name: %s, zone: %s, opensAt: %s, readyBefore: 0s, replicas: %d%s}"
        .formatted(name, zone, local(opensAt), pods, more);
  }

  LocalDateTime local(Instant moment) {
    return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.SECONDS), zone);
  }

  /** The values of the chart. */
  String values() {
    String raises =
        "scaling: {raises: [scaledobjects.keda.sh, horizontalpodautoscalers.autoscaling,"
            + " deployments.apps]}\n";
    return raises
        + "config: {defaultUpstream: full, upstreams: {"
        + floors.keySet().stream().map(this::upstream).collect(Collectors.joining(", "))
        + "}, rooms: {"
        + floors.keySet().stream().map(this::room).collect(Collectors.joining(", "))
        + "}}\n";
  }

  private String upstream(String name) {
    return name
        + ": {kubernetes: {service: "
        + name
        + "}, sessionsPerPod: 1, scaling: {min: 2, within: 1s, podStart: 1s, floor: \""
        + floors.get(name)
        + "\"}, admission: {warmUp: 0s, warmUpRequests: 0, startAt: 1, surviveLossOf: 0}}";
  }

  private String room(String name) {
    return ("%s: {upstream: %s, paths: [/%s], offer: 10s, poll: {min: 1s, max: 3s},"
            + " session: {timeout: 30m, max: 1h}, events: %s}")
        .formatted(name, name, name, events.get(name));
  }

  /** Has the release take over what has changed. */
  void tell() {
    sale.release().upgrade("Sale", values());
    for (Pod pod : sale.replicas()) {
      // A kubelet looks once a minute for what has changed, and at once when its pod has.
      sale.client()
          .pods()
          .resource(pod)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"proof/told\": \"" + ++told + "\"}}}");
    }
  }

  /** The phase of a shop's event. */
  String phase(String shop, String event) {
    return StreamSupport.stream(sale.asked("/api/events").path("events").spliterator(), false)
        .filter(each -> each.path("event").asText().startsWith(shop + "/" + event + "@"))
        .map(each -> each.path("phase").asText())
        .findFirst()
        .orElse("none");
  }

  long inside(String shop) {
    return sale.asked("/api/rooms/" + shop).path("inside").asLong();
  }

  /**
   * Kills the replica that leads for a shop, once all are ready that were killed before, and waits
   * until another does.
   */
  void killLeaderOf(String shop) {
    Until.so(
        Meeting.A_MINUTE,
        () -> sale.replicas().stream().allMatch(Shop::isReady),
        () -> "all replicas are ready");
    Pod leader =
        sale.replicas().stream()
            .filter(Shop::isReady)
            .filter(pod -> leads(pod, shop))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nobody leads for " + shop));
    String name = leader.getMetadata().getName();
    boolean killed = Shop.isKilled("USHER_POD=" + name);
    if (!killed) {
      sale.client().pods().resource(leader).withGracePeriod(0).delete();
    }
    System.out.println("killed the leader, " + name + (killed ? ", by SIGKILL" : ""));
    Until.so(
        Meeting.A_MINUTE,
        () ->
            sale.replicas().stream()
                .filter(pod -> !pod.getMetadata().getName().equals(name))
                .anyMatch(pod -> leads(pod, shop)),
        () -> "another leads for " + shop);
  }

  private boolean leads(Pod replica, String shop) {
    try {
      return sale.asked(replica, "/api/rooms/" + shop).path("leader").asBoolean();
    } catch (java.io.UncheckedIOException gone) {
      return false;
    }
  }

  boolean isSaid(String event, String words) {
    return !said(event, words).isEmpty();
  }

  /** Lines of the log of all replicas with this in them. */
  List<String> said(String event, String words) {
    return sale.replicas().stream()
        .flatMap(
            pod ->
                sale.client()
                    .pods()
                    .inNamespace(sale.namespace())
                    .withName(pod.getMetadata().getName())
                    .getLog()
                    .lines())
        .filter(line -> line.contains(event) && line.contains(words))
        .toList();
  }
}
