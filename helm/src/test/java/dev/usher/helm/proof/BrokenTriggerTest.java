package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What KEDA makes of a ScaledObject with a trigger that is broken, and that Usher notices. */
@WaitingOnCluster
@Order(3)
final class BrokenTriggerTest {
  private static final Duration MINUTES = Duration.ofMinutes(3);

  /** What the page promises; the gateway reckons it by its own clock. */
  private static final int WITHIN_SECONDS = 30;

  private static final String NOBODY = "url: \"http://nobody.invalid:9090%s\", targetValue: \"1\"";

  private static final String UNBUILT =
      "- {type: prometheus, metadata: {serverAddress: \"http://nobody.invalid\"}}";

  /** By shop: the triggers beside one that is sound, or, after a bar, instead of it. */
  private static final Map<String, String> TRIGGERS =
      Map.of(
          "unbuilt", UNBUILT,
          "unheard", "|- {type: metrics-api, metadata: {${URL}, valueLocation: desired}}",
          "misread", "|- {type: metrics-api, metadata: {${URL}, valueLocation: queue}}",
          "locked",
              "|- {type: metrics-api, authenticationRef: {name: missing}, metadata: {${URL},"
                  + " valueLocation: desired}}",
          "later", "");

  /** By shop: what the check says of it. */
  private static final Map<String, String> SAID =
      Map.of(
          "unbuilt", "KEDA says: .*missing required parameter \"query\"",
          "unheard", "KEDA says: .*nobody.invalid",
          "misread", "valueLocation must be desired but was \"queue\"",
          "locked", "TriggerAuthentication missing, which must be there but is not",
          "later", "KEDA says: .*missing required parameter \"query\"");

  private final Raised raised = new Raised();
  private final Map<String, Shop> shops = new LinkedHashMap<>();

  @AfterEach
  void close() {
    raised.close();
  }

  @Test
  void noPodComesAndThatIsToldWithinHalfAMinuteWithTheReason() {
    Keda.mustBeThere(raised.client());
    for (String name : TRIGGERS.keySet()) {
      Shop shop = new Shop(raised.client(), raised.namespace(), name);
      shop.pretend(2, "2s");
      shops.put(name, shop);
    }
    shops.forEach((name, shop) -> shop.awaitReady(2, MINUTES));
    TRIGGERS.forEach((name, more) -> raised.by(Applier.HELM).apply(object(name, more)));
    // This one was sound when KEDA made its HPA, and is broken afterwards.
    OwnerKind.SCALED_OBJECT.awaitSettled(raised.client(), raised.namespace(), "later");
    raised.by(Applier.HELM).apply(object("later", UNBUILT));
    try (HostGateway gateway =
        HostGateway.configured(raised.kubeconfig(), config(), "run", "--config")) {
      gateway.awaitOps();
      for (String name : TRIGGERS.keySet()) {
        int after = notAdded(gateway, name);
        Until.measured("trigger %s: pods_not_added %d s after the pods were wanted", name, after);
        assertThat(after).as(name).isLessThanOrEqualTo(WITHIN_SECONDS);
      }
      Until.so(
          MINUTES,
          () -> gateway.printed().lines().anyMatch(line -> line.contains("without_effect")),
          gateway::printed);
      gateway
          .printed()
          .lines()
          .filter(l -> l.contains("floor_trouble"))
          .forEach(System.out::println);
    }
    shops.forEach((name, shop) -> assertThat(shop.ready()).as(name).hasSize(2));
    checked();
  }

  private void checked() {
    try (HostGateway check =
        HostGateway.configured(raised.kubeconfig(), config(), "check", "--kubernetes")) {
      assertThat(check.awaitEnd()).isNotZero();
      String printed = check.printed();
      System.out.println(printed);
      SAID.forEach(
          (name, words) ->
              assertThat(printed)
                  .containsPattern("upstreams\\." + name + "\\.scaling: [^\n]*" + words));
    }
  }

  /** After how many seconds it was said that no pod of an upstream came. */
  private static int notAdded(HostGateway gateway, String name) {
    Pattern said =
        Pattern.compile("pods_not_added[^\n]*upstream\\W+" + name + "\\W[^\n]*seconds\\W+(\\d+)");
    Until.so(MINUTES, () -> said.matcher(gateway.printed()).find(), gateway::printed);
    Matcher found = said.matcher(gateway.printed());
    assertThat(found.find()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static String object(String name, String triggers) {
    String text = OwnerKind.SCALED_OBJECT.manifest(name, 2);
    String url = NOBODY.formatted("/api/upstreams/" + name + "/desired-replicas");
    String its = triggers.replace("${URL}", url);
    return its.startsWith("|")
        ? text.substring(0, text.indexOf("    # On New")) + "    " + its.substring(1) + "\n"
        : text + (its.isEmpty() ? "" : "    " + its + "\n");
  }

  private String config() {
    return """
    listen: {host: 127.0.0.1, port: 0}
    ops: {host: 127.0.0.1, port: 0}
    drain: 1s
    defaultUpstream: later
    upstreams: {%s}
    rooms: {%s}
    """
        .formatted(
            TRIGGERS.keySet().stream().map(this::upstream).collect(Collectors.joining(", ")),
            TRIGGERS.keySet().stream()
                .map(name -> "%s: {upstream: %s, paths: [/%s]}".formatted(name, name, name))
                .collect(Collectors.joining(", ")));
  }

  private String upstream(String name) {
    return ("%s: {kubernetes: {namespace: %s, service: %s}, sessionsPerPod: 10,"
            + " scaling: {min: 6, floor: \"%s\"}}")
        .formatted(name, raised.namespace(), name, name.equals("later") ? "desired" : "off");
  }
}
