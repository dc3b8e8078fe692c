package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.Slots;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store promises of the slots that replicas share; a part of the one contract. */
abstract class SlotsContract extends OutageContract {
  private static final Duration QUARANTINE = Duration.ofSeconds(31);
  private static final String POD = "10.0.0.1:8080";

  private static Slots slots(int count) {
    return Slots.of(Map.of(POD, count, "10.0.0.2:8080", 2 * count));
  }

  private static SlotReport report(Slots held, long life, long version) {
    return new SlotReport(held, 7, QUARANTINE, life, version, SlotDecay.UNKNOWN);
  }

  private Sharing fresh(QueueStore by) {
    return get(
        by.share(new Lease("shop", by == store ? lease.fence() : 0), report(Slots.NONE, 0, 0)));
  }

  /** What one replica says that it has from an earlier answer. */
  private Sharing holding(QueueStore by, Slots held, Sharing from) {
    long fence = by == store ? lease.fence() : 0;
    return get(by.share(new Lease("shop", fence), report(held, from.life(), from.version())));
  }

  private long grant(Sharing basis, Map<String, Slots> slots) {
    return get(store.grant(lease, new Grants(basis, slots, Map.of(), 2)));
  }

  /** The two replicas by their demand of slots; names are the store's. */
  private static Sharing.Holder holder(Sharing seen, Slots held) {
    return seen.holders().stream()
        .filter(each -> each.held().equals(held))
        .findFirst()
        .orElseThrow(() -> new AssertionError(held + " must be held but were not: " + seen));
  }

  @Test
  void aStoreThatWasNeverUsedKnowsAllThereIsToKnow() {
    Sharing first = fresh(store);
    assertThat(first.learning()).isFalse();
    assertThat(first.leads()).isTrue();
    assertThat(first.version()).isZero();
    assertThat(first.granted()).isNull();
    assertThat(first.holders())
        .singleElement()
        .satisfies(
            me -> {
              assertThat(me.demand()).isEqualTo(7);
              assertThat(me.quarantineMillis()).isEqualTo(31_000);
              assertThat(me.reportedAt()).isEqualTo(first.now());
              assertThat(me.held()).isEqualTo(Slots.NONE);
            });
  }

  @Test
  void onlyWhoLeadsSeesTheOthersAndGrants() {
    fresh(store);
    Sharing led = fresh(other);
    assertThat(led.leads()).isFalse();
    assertThat(led.holders()).isEmpty();
    assertThat(get(other.grant(new Lease("shop", 0), new Grants(led, Map.of(), Map.of(), 1))))
        .isZero();
    Lease stale = new Lease("shop", lease.fence() - 1);
    assertThat(get(other.share(stale, report(Slots.NONE, 0, 0))).leads()).isFalse();
    assertThat(get(other.grant(stale, new Grants(led, Map.of(), Map.of(), 1)))).isZero();
  }

  @Test
  void whatIsGrantedIsToldAndCountsAsHeldFromThenOn() {
    String me = fresh(store).holders().get(0).replica();
    Sharing seen = fresh(store);
    assertThat(grant(seen, Map.of(me, slots(3)))).isGreaterThan(seen.version());
    // The report was made before the answer, and says nothing of what the answer tells.
    Sharing told = holding(store, Slots.NONE, seen);
    assertThat(told.granted()).isEqualTo(slots(3));
    assertThat(told.replicas()).isEqualTo(2);
    grant(told, Map.of(me, slots(1)));
    Sharing.Holder later =
        holder(get(store.share(lease, report(Slots.NONE, told.life(), told.version()))), slots(1));
    assertThat(later.granted()).isEqualTo(slots(1));
  }

  @Test
  void whatWasToldCountsThoughItIsGrantedNoMore() {
    fresh(other);
    Sharing seen = fresh(store);
    String others =
        seen.holders().stream()
            .map(Sharing.Holder::replica)
            .filter(name -> !name.equals(alone()))
            .findFirst()
            .orElse("");
    grant(seen, Map.of(others, slots(3)));
    holding(other, Slots.NONE, seen);
    Sharing after = holding(store, Slots.NONE, seen);
    grant(after, Map.of(others, slots(1)));
    Sharing last = holding(store, Slots.NONE, after);
    assertThat(holder(last, slots(3)).granted()).isEqualTo(slots(1));
  }

  /** The leader's own name. */
  private String alone() {
    Slots mark = Slots.of(Map.of("mark", 1));
    Sharing seen = fresh(store);
    return holder(holding(store, mark, seen), mark).replica();
  }

  @Test
  void grantsFromAnOldBasisAreRefused() {
    Sharing basis = fresh(store);
    String me = basis.holders().get(0).replica();
    assertThat(grant(basis, Map.of(me, slots(1)))).isPositive();
    assertThat(grant(basis, Map.of(me, slots(2)))).isZero();
    assertThat(holding(store, Slots.NONE, basis).granted()).isEqualTo(slots(1));
  }

  @Test
  void aReplicaThatWasHeardAgainIsNotForgotten() {
    holding(other, slots(2), fresh(other));
    Sharing seen = fresh(store);
    Sharing.Holder gone = holder(seen, slots(2));
    pass(Duration.ofMillis(100));
    holding(other, slots(2), seen);
    Map<String, Long> forgotten = Map.of(gone.replica(), gone.reportedAt());
    assertThat(get(store.grant(lease, new Grants(seen, Map.of(), forgotten, 1)))).isZero();
    Sharing again = fresh(store);
    Map<String, Long> later = Map.of(gone.replica(), holder(again, slots(2)).reportedAt());
    assertThat(get(store.grant(lease, new Grants(again, Map.of(), later, 1)))).isPositive();
    assertThat(fresh(store).holders()).hasSize(1);
  }

  @Test
  void whoLeavesGivesUpAllButWhatIsInFlight() {
    holding(other, slots(4), fresh(other));
    get(other.giveUp("shop", report(slots(1), 0, 0)));
    Sharing.Holder left = holder(fresh(store), slots(1));
    assertThat(left.hasLeft()).isTrue();
    get(other.giveUp("shop", report(Slots.NONE, 0, 0)));
    assertThat(fresh(store).holders()).hasSize(1);
  }

  /** Of what is in flight two thirds are there after a quarter of a second, none after a whole. */
  private static final SlotDecay SHORT =
      new SlotDecay(Slots.of(Map.of(POD, 1)), List.of(666, 333, 0, 0, 0, 0, 0, 0));

  private static double remains(Sharing seen, String pod) {
    return seen.remains(holder(seen, slots(9)), pod, 0);
  }

  @Test
  void whatADeadReplicaHadInFlightCountsAsLongAsItMeasured() {
    Sharing begun = fresh(other);
    SlotReport last = new SlotReport(slots(9), 7, QUARANTINE, begun.life(), begun.version(), SHORT);
    get(other.share(new Lease("shop", 0), last));
    Sharing seen = fresh(store);
    assertThat(holder(seen, slots(9)).stays()).isEqualTo(SHORT);
    for (int i = 0; i < 9; i++) {
      assertThat(remains(seen, POD)).as("after %d ms", 100 * i).isEqualTo(9);
      pass(Duration.ofMillis(100));
      seen = fresh(store);
    }
    pass(Duration.ofMillis(600));
    seen = fresh(store);
    assertThat(remains(seen, POD)).isBetween(2.0, 4.0);
    pass(Duration.ofMillis(900));
    seen = fresh(store);
    // A stream counts to the end of the quarantine.
    assertThat(remains(seen, POD)).isEqualTo(1);
    assertThat(remains(seen, "10.0.0.2:8080")).isZero();
    assertThat(seen.isGone(holder(seen, slots(9)))).isFalse();
  }

  @Test
  void afterTheStoreWasAwayAllCountsUntilTheOthersHadTimeToComeBack() {
    Sharing begun = fresh(other);
    get(
        other.share(
            new Lease("shop", 0),
            new SlotReport(slots(9), 7, QUARANTINE, begun.life(), begun.version(), SHORT)));
    fresh(store);
    pass(Duration.ofSeconds(20));
    Sharing seen = fresh(store);
    for (int i = 0; i < 3; i++) {
      assertThat(remains(seen, POD)).isEqualTo(9);
      pass(Duration.ofMillis(900));
      seen = fresh(store);
    }
    pass(Duration.ofMillis(900));
    seen = fresh(store);
    assertThat(seen.learning()).isFalse();
    assertThat(remains(seen, POD)).isEqualTo(1);
  }

  @Test
  void whoHasSeenMoreThanTheStoreTellsThatItWasLost() {
    Sharing never = fresh(store);
    long later = never.now() + 60_000;
    Sharing after = get(other.share(new Lease("shop", 0), report(slots(2), later, 9)));
    assertThat(after.learning()).isTrue();
    assertThat(after.life()).isGreaterThan(later);
    assertThat(after.granted()).isNull();
    assertThat(grant(never, Map.of())).isZero();
    // The others of that life find that it is over; the store learns from them as well.
    Sharing seen = holding(store, slots(1), never);
    assertThat(seen.life()).isEqualTo(after.life());
    assertThat(holder(seen, slots(2)).hasLeft()).isFalse();
    pass(Duration.ofMillis(3100));
    assertThat(fresh(store).life()).isEqualTo(after.life());
  }

  @Test
  void whoHasALaterVersionTellsThatTheStoreIsOlder() {
    Sharing before = fresh(store);
    Sharing after =
        get(
            other.share(
                new Lease("shop", 0), report(slots(2), before.life(), before.version() + 5)));
    assertThat(after.life()).isGreaterThan(before.life());
    assertThat(after.learning()).isTrue();
  }

  @Test
  void afterTheStoreWasAwayItListensFirst() {
    fresh(other);
    Sharing before = fresh(store);
    assertThat(before.learning()).isFalse();
    pass(Duration.ofSeconds(60));
    Sharing after = holding(store, Slots.NONE, before);
    assertThat(after.learning()).isTrue();
    Map<String, Sharing.Holder> byName = new HashMap<>();
    after.holders().forEach(each -> byName.put(each.replica(), each));
    assertThat(byName.values()).noneMatch(after::isGone);
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofMillis(800));
      after = holding(store, Slots.NONE, before);
    }
    assertThat(after.learning()).isFalse();
    assertThat(after.holders()).noneMatch(after::isGone);
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofMillis(800));
      after = holding(store, Slots.NONE, before);
    }
    assertThat(after.holders()).filteredOn(after::isGone).hasSize(1);
  }

  @Test
  void whatALeavingReplicaHasInFlightIsKnownAlsoWhereNobodyReportedBefore() {
    get(other.giveUp("shop", report(slots(2), 0, 0)));
    assertThat(fresh(store).holders()).anyMatch(each -> each.held().equals(slots(2)));
  }

  @Test
  void theLastRequestsOfOneThatLeftCountToTheEnd() {
    SlotDecay soon = new SlotDecay(Slots.NONE, List.of(9, 8, 7, 6, 5, 4, 3, 2));
    get(other.giveUp("shop", new SlotReport(slots(2), 0, QUARANTINE, 0, 0, soon)));
    fresh(store);
    assertThat(holder(fresh(store), slots(2)).stays()).isEqualTo(SlotDecay.UNKNOWN);
  }
}
