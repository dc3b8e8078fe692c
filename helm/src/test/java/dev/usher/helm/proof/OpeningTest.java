package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.visit.VisitCrowd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An evening on which many shops open: those that KEDA makes follow Usher's number, and those whose
 * floor Usher raises, each as whatever says how many pods it has. Their pods are pretended; of some
 * not all become ready before the opening. Usher's leaders are killed in each phase, its file is
 * edited, and at the end it is uninstalled.
 */
@OnCluster
@Order(13)
@EnabledIfSystemProperty(
    named = "usher.cluster.long",
    matches = "true",
    disabledReason = "takes 360 s")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpeningTest {
  private static final int PODS = 30;
  private static final int VISITORS = 25;

  /** Six tenths of the pods, two of which were there before. */
  private static final int SOME = 18;

  /** Eighteen sessions, of which a tenth is left to chance. */
  private static final int IN_SOME = 16;

  /** From the installation to the opening: the pods are asked for 61 s before. */
  private static final Duration AHEAD = Duration.ofSeconds(130);

  private static final Duration MINUTES = Duration.ofMinutes(3);
  private static final List<String> SIGNAL = List.of("full", "part", "none");
  private static final Map<String, OwnerKind> FLOORS =
      Map.of(
          "hpa", OwnerKind.HPA,
          "keda", OwnerKind.SCALED_OBJECT,
          "plain", OwnerKind.DEPLOYMENT,
          "edit", OwnerKind.HPA,
          "gone", OwnerKind.SCALED_OBJECT,
          "overlap", OwnerKind.HPA,
          "late", OwnerKind.HPA);
  private static final List<String> ALL_READY = List.of("full", "hpa");
  private static final List<String> SOME_READY = List.of("part", "keda");
  private static final List<String> NONE_READY = List.of("none", "plain");
  private static final List<String> BIG = List.of("full", "part", "none", "hpa", "keda", "plain");

  private final Sale sale = new Sale("usher-opening-");
  private final Map<String, Shop> shops = new LinkedHashMap<>();
  private final Map<String, Sizes> sizes = new LinkedHashMap<>();
  private final Map<String, JsonNode> before = new LinkedHashMap<>();
  private final Map<String, VisitCrowd> crowds = new LinkedHashMap<>();
  private final Evening evening = new Evening(sale, Instant.now());
  private Instant opensAt = Instant.EPOCH;

  @BeforeAll
  void openTheEvening() {
    sale.open();
    SIGNAL.forEach(name -> open(name, OwnerKind.DEPLOYMENT));
    FLOORS.forEach(this::open);
    for (String name : SIGNAL) {
      apply(Texts.of("follows.yaml", "NAME", name, "NAMESPACE", sale.namespace()));
    }
    shops.forEach(
        (name, shop) -> {
          int ready = NONE_READY.contains(name) ? 0 : 2;
          Until.so(MINUTES, () -> shop.pods().size() == 2, () -> "two pods of " + name);
          shop.letReady(ready);
          Until.so(MINUTES, () -> shop.ready().size() == ready, () -> ready + " of " + name);
        });
    FLOORS.forEach(
        (name, kind) -> {
          kind.awaitSettled(sale.client(), sale.namespace(), name);
          before.put(name, owner(name).everything());
        });
    plan();
    sale.release().install("Sale", evening.values());
    BIG.forEach(name -> crowds.put(name, sale.crowd(name, VISITORS)));
  }

  private void open(String name, OwnerKind kind) {
    Shop shop = new Shop(sale.client(), sale.namespace(), name);
    if (SOME_READY.contains(name) || NONE_READY.contains(name)) {
      shop.pretendHeld(0);
    } else {
      shop.pretend(0, "2s");
    }
    boolean floored = FLOORS.containsKey(name);
    if (floored) {
      apply(kind.manifest(name, 2));
    }
    if (!floored || kind != OwnerKind.DEPLOYMENT) {
      shop.scale(2);
    }
    shops.put(name, shop);
    sizes.put(name, new Sizes(sale.client(), sale.namespace(), name));
  }

  private void plan() {
    Instant now = Instant.now();
    opensAt = now.plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
    String gathers = ", preQueueAt: " + evening.local(now);
    SIGNAL.forEach(
        name -> evening.shop(name, "off", evening.event("sale", opensAt, PODS, gathers)));
    for (String name : List.of("hpa", "keda", "plain")) {
      evening.shop(name, "schedule", evening.event("sale", opensAt, PODS, gathers));
    }
    evening.shop("edit", "schedule", evening.event("sale", opensAt.minusSeconds(30), 3, ""));
    evening.shop("gone", "schedule", evening.event("sale", opensAt, 3, ""));
    String closes = ", closesAt: " + evening.local(opensAt.plusSeconds(15));
    evening.shop(
        "overlap",
        "schedule",
        evening.event("first", opensAt, 3, closes),
        evening.event("second", opensAt.plusSeconds(20), 4, ""));
    evening.shop("late", "schedule", evening.event("sale", now.minusSeconds(660), PODS, ""));
  }

  private void apply(String yaml) {
    helm().force(yaml);
  }

  private Applier helm() {
    return new Applier(sale.client(), sale.namespace(), Applier.HELM);
  }

  private Owner owner(String name) {
    return Objects.requireNonNull(FLOORS.get(name)).in(sale.client(), sale.namespace(), name);
  }

  private int asked(String name) {
    return Objects.requireNonNull(sizes.get(name)).now();
  }

  private Shop shop(String name) {
    return Objects.requireNonNull(shops.get(name));
  }

  private double beforeOpening() {
    return Duration.between(Instant.now(), opensAt).toMillis() / 1e3;
  }

  @AfterAll
  void close() {
    crowds.values().forEach(VisitCrowd::end);
    sizes.values().forEach(Sizes::close);
    sale.close();
  }

  @Test
  @Order(1)
  void thePodsAreThereBeforeTheOpeningWhoeverDiesMeanwhile() {
    assertThat(evening.phase("hpa", "sale")).isEqualTo("planned");
    evening.killLeaderOf("hpa");
    Until.so(MINUTES, () -> asked("plain") == PODS, () -> phases());
    double raised = beforeOpening();
    assertThat(evening.phase("plain", "sale")).isEqualTo("raising");
    evening.killLeaderOf("plain");
    Until.so(
        MINUTES,
        () -> BIG.stream().allMatch(name -> asked(name) >= PODS),
        () -> asked().toString());
    SOME_READY.forEach(name -> shop(name).letReady(SOME - 2));
    SOME_READY.forEach(name -> awaitReady(name, SOME));
    ALL_READY.forEach(name -> awaitReady(name, PODS));
    assertThat(insideOf(BIG)).as("inside before the opening").isZero();
    double ready = beforeOpening();
    Until.measured(
        "2 -> 30 pods before an opening, by KEDA's signal and by the floor of an HPA, a"
            + " ScaledObject and a Deployment, the leader killed meanwhile: asked for by the first"
            + " %.0f s, all ready that were to be %.0f s before it; sizes %s",
        raised, ready, asked());
    // Put off while its pods are asked for: they are kept.
    Until.so(MINUTES, () -> asked("edit") == 3, this::phases);
    evening.change("edit", evening.event("sale", opensAt.plusSeconds(60), 3, ""));
    evening.tell();
    assertThat(ready).as("seconds before the opening").isPositive();
  }

  private void awaitReady(String name, int pods) {
    Until.so(MINUTES, () -> shop(name).ready().size() == pods, () -> pods + " of " + name);
  }

  private Map<String, List<Integer>> asked() {
    Map<String, List<Integer>> asked = new LinkedHashMap<>();
    sizes.forEach((name, seen) -> asked.put(name, seen.asked()));
    return asked;
  }

  private String phases() {
    return asked() + " " + sale.asked("/api/events");
  }

  @Test
  @Order(2)
  void theOpeningWaitsForNoPodAndSaysWhatIsMissing() {
    Until.so(
        MINUTES,
        () -> BIG.stream().allMatch(name -> evening.phase(name, "sale").equals("open")),
        this::phases);
    double open = -beforeOpening();
    Until.so(MINUTES, () -> insideOf(ALL_READY) == 2 * VISITORS, this::insides);
    Until.so(MINUTES, () -> insideOf(SOME_READY) >= 2 * IN_SOME, this::insides);
    Until.measured(
        "opened with all, %d and none of %d pods ready: all are open %.1f s after the opening, and"
            + " all in for whom there are pods %.1f s after it: %s",
        SOME, PODS, open, -beforeOpening(), insides());
    assertThat(insideOf(SOME_READY)).isEqualTo(2 * IN_SOME);
    assertThat(insideOf(NONE_READY)).isZero();
    for (String name : BIG) {
      List<String> said = evening.said("sale_below_plan", name + "/sale@");
      assertThat(said).as(name).hasSize(ALL_READY.contains(name) ? 0 : 1);
      said.forEach(line -> System.out.println(line));
    }
    evening.killLeaderOf("late");
    evening.killLeaderOf("none");
    // An opening that is found much too late is not carried out blindly.
    assertThat(evening.phase("late", "sale")).isEqualTo("late");
    assertThat(owner("late").everything()).isEqualTo(before.get("late"));

    long began = System.nanoTime();
    SOME_READY.forEach(name -> shop(name).letReady(PODS));
    NONE_READY.forEach(name -> shop(name).letReady(PODS));
    Until.so(MINUTES, () -> insideOf(BIG) == 6 * VISITORS, this::insides);
    Until.measured("then the rest becomes ready: everybody in %.1f s later", World.seconds(began));
  }

  private long insideOf(List<String> names) {
    return names.stream().mapToLong(evening::inside).sum();
  }

  private String insides() {
    Map<String, Long> insides = new LinkedHashMap<>();
    BIG.forEach(name -> insides.put(name, evening.inside(name)));
    return insides.toString();
  }

  @Test
  @Order(3)
  void whatIsTakenOutOfTheFileInHoldIsGivenBackAndTheRestIsHeldWhoeverDies() {
    crowds.values().forEach(crowd -> crowd.stay(false));
    Until.so(MINUTES, () -> asked("overlap") == 4, this::phases);
    Until.so(MINUTES, () -> evening.phase("edit", "sale").equals("open"), this::phases);
    evening.killLeaderOf("hpa");
    evening.change("edit");
    evening.change("gone");
    long began = System.nanoTime();
    evening.tell();
    Until.so(MINUTES, () -> evening.isSaid("phase=\"lowering\"", "gone/sale@"), this::phases);
    evening.killLeaderOf("gone");
    for (String name : List.of("edit", "gone")) {
      Until.so(Duration.ofMinutes(5), () -> !owner(name).isNoted(), this::phases);
      assertThat(owner(name).everything()).as(name).isEqualTo(before.get(name));
    }
    Until.measured(
        "two events taken out of the file in hold, the leader killed before it and while they are"
            + " lowered: their floors, 3, are given back %.0f s after the upgrade began; sizes %s",
        World.seconds(began), asked());
    for (String name : List.of("hpa", "keda", "plain", "overlap")) {
      // Up only: nothing dips where two events meet, nor while nobody leads.
      assertThat(asked().get(name)).as(name).isSorted();
      assertThat(owner(name).isNoted()).as(name).isTrue();
    }
  }

  @Test
  @Order(4)
  void anUninstallInTheMiddleOfItGivesEverythingBack() {
    long began = System.nanoTime();
    sale.release().uninstall();
    FLOORS.forEach(
        (name, kind) -> {
          assertThat(owner(name).everything()).as(name).isEqualTo(before.get(name));
          helm().apply(kind.manifest(name, 2));
        });
    Until.measured(
        "helm uninstall while three floors are 30 and one is 4: %.0f s; each of %d objects is as it"
            + " was, and takes an apply of its manifest",
        World.seconds(began), FLOORS.size());
  }
}
