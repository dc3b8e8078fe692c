package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Declared;
import dev.usher.admission.Figures;
import dev.usher.admission.Latencies;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.room.FlakyQueueStore;
import dev.usher.room.Stage;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.ProofStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What pods prove under one doorkeeper is known to the next one that asks the same store. */
final class ProofsTest {
  private static final Declared DECLARED = new Declared(200, 30, 18, 0.2);

  private final Stage stage = new Stage();

  /** Ten warm pods of one version, of which each answers 26 requests a second. */
  private static final class Busy implements PodWatch {
    private static final int A_TICK = 52;

    private final long[] answers = new long[Latencies.BUCKETS];
    private long requests;
    @Nullable String template = "first";

    @Override
    public PodsSeen see(long now) {
      requests += A_TICK;
      answers[Latencies.bucketOf(200_000)] += A_TICK;
      List<PodSample> pods =
          IntStream.range(0, 10)
              .mapToObj(i -> new PodSample("pod-" + i, 1, true, true, 3_600_000, 100_000))
              .toList();
      Traffic traffic = new Traffic(0, requests, 0, 0, Latencies.of(answers), 52, 0);
      return new PodsSeen(pods, traffic, Map.of(), 0, false, template, 1);
    }

    @Override
    public Load load() {
      return Load.NONE;
    }

    @Override
    public void limit(List<PodLimit> limits) {}
  }

  /** A gateway in front of these pods. */
  private final class Gateway {
    final Busy pods = new Busy();
    final MeasuredCapacity capacity;
    final Doorkeeper doorkeeper;

    Gateway(QueueStore store, Declared declared) {
      this.capacity = new MeasuredCapacity(declared, Tuning.DEFAULT);
      this.doorkeeper =
          new Doorkeeper(
              "shop",
              List.of(),
              new SlotShares("shop", pods, store, LossReserve.hold(Duration.ofSeconds(30))),
              new Proofs("shop", capacity, store),
              store);
    }

    Figures serve(int seconds) {
      for (int i = 0; i < seconds * 5; i++) {
        stage.pass(Duration.ofMillis(200));
        doorkeeper.tick(stage.now);
      }
      return doorkeeper.admission().figures();
    }
  }

  private Gateway gateway(String name) {
    return new Gateway(stage.store.seenBy(name), DECLARED);
  }

  /** Until nobody knows any more what was learnt by those who ran before. */
  private void aDayPasses() {
    stage.pass(ProofStore.LEARNT_KEPT.plusSeconds(1));
  }

  private Gateway proven() {
    Gateway first = gateway("one");
    assertThat(first.serve(1).correction()).isEqualTo(0.5);
    assertThat(first.serve(120).proven()).isTrue();
    return first;
  }

  @Test
  void theNextGatewayInFrontOfProvenPodsBeginsWithTheWhole() {
    proven();
    aDayPasses();
    assertThat(gateway("two").serve(1).correction()).isEqualTo(1);
  }

  @Test
  void whoFollowsGoesByWhatTheLeaderHasLearntAndSoDoesWhoLeadsNext() {
    Gateway first = gateway("one");
    double learnt = first.serve(20).correction();
    assertThat(learnt).isBetween(0.6, 0.95);
    Gateway next = gateway("two");
    assertThat(next.serve(1).correction()).isCloseTo(learnt, within(0.021));
    stage.pass(Duration.ofSeconds(10));
    assertThat(next.serve(1).correction()).isGreaterThanOrEqualTo(learnt);
  }

  @Test
  void anotherVersionBeginsWithHalfAndSoDoPodsOfWhichNoVersionIsKnown() {
    proven();
    Gateway other = gateway("two");
    other.pods.template = "second";
    assertThat(other.serve(1).correction()).isEqualTo(0.5);
    Gateway listed = gateway("three");
    listed.pods.template = null;
    assertThat(listed.serve(1).correction()).isEqualTo(0.5);
  }

  @Test
  void whatWasProvenOfLessSaysNothingOfMoreThatIsDeclared() {
    proven();
    Declared more = new Declared(400, 60, 36, 0.2);
    assertThat(new Gateway(stage.store.seenBy("two"), more).serve(1).correction()).isEqualTo(0.5);
  }

  @Test
  void whoDeclaresMoreWhileItRunsNotesNothingOfThatBeforeItIsProven() {
    Gateway first = proven();
    Declared more = new Declared(201, 30.1, 18, 0.2);
    first.capacity.reconfigure(more, Tuning.DEFAULT);
    assertThat(first.serve(5).proven()).isFalse();
    aDayPasses();
    Gateway next = new Gateway(stage.store.seenBy("two"), more);
    assertThat(next.serve(1).correction()).isEqualTo(0.5);
    first.serve(65);
    Gateway later = new Gateway(stage.store.seenBy("three"), more);
    assertThat(later.serve(1).correction()).isEqualTo(1);
  }

  @Test
  void aRolloutKeepsTheCorrectionAndProvesTheNewVersionForItself() {
    Gateway first = proven();
    first.pods.template = "second";
    Figures rolled = first.serve(1);
    assertThat(rolled.correction()).isEqualTo(1);
    assertThat(rolled.proven()).isFalse();
    aDayPasses();
    Gateway next = gateway("two");
    next.pods.template = "second";
    assertThat(next.serve(1).correction()).isEqualTo(0.5);
    first.serve(65);
    Gateway later = gateway("three");
    later.pods.template = "second";
    assertThat(later.serve(1).correction()).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsIsAskedAgainAndNobodyWaitsForIt() {
    proven();
    FlakyQueueStore store = new FlakyQueueStore(stage.store.seenBy("two"), 1);
    store.away = true;
    Gateway second = new Gateway(store, DECLARED);
    assertThat(second.serve(3).correction()).isLessThan(0.6);
    store.away = false;
    assertThat(second.serve(2).correction()).isEqualTo(1);
  }

  @Test
  void whatAStoreHasLostIsNotedAgainByWhoSawItProven() {
    Gateway first = proven();
    stage.store.lose();
    first.serve(61);
    assertThat(gateway("two").serve(1).correction()).isEqualTo(1);
  }

  @Test
  void aProofOfThirtyDaysAgoIsForgotten() {
    proven();
    stage.pass(ProofStore.KEPT.plusSeconds(1));
    assertThat(gateway("two").serve(1).correction()).isEqualTo(0.5);
  }
}
