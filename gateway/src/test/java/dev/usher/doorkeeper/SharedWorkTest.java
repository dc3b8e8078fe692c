package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.admission.Declared;
import dev.usher.admission.Latencies;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.room.Stage;
import dev.usher.store.QueueStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pods did for all replicas is known to each of them, and to who comes after them. */
final class SharedWorkTest {
  private static final Declared DECLARED = new Declared(200, 30, 18, 0.2);
  private static final int A_TICK = 2;

  private final Stage stage = new Stage();
  private long begun;
  private int life = 1;

  /** One pod, as one of the replicas sees it, which sends it ten requests a second. */
  private final class Pod implements PodWatch {
    private final String name;
    private final long since = stage.now;
    private long answers;
    private int cap;

    Pod(String name) {
      this.name = name;
    }

    @Override
    public PodsSeen see(long now) {
      answers += A_TICK;
      boolean named = !name.isEmpty();
      PodSample.Life which = new PodSample.Life(life, named ? name + "/" + life : "");
      PodSample.Done done = new PodSample.Done(answers, 0, 0);
      long age = now - (named ? begun : Math.max(since, begun));
      PodSample pod = new PodSample("pod", which, true, age, done, 0, 0);
      Traffic traffic = new Traffic(0, answers, 0, 0, Latencies.NONE, 2, 0);
      return new PodsSeen(List.of(pod), traffic, 0);
    }

    @Override
    public Load load() {
      return Load.NONE;
    }

    @Override
    public void limit(List<PodLimit> limits) {
      limits.forEach(limit -> cap = limit.cap());
    }
  }

  /** A replica in front of it. */
  private final class Replica {
    private final Pod pod;
    private final Doorkeeper doorkeeper;

    Replica(QueueStore store, String podName) {
      pod = new Pod(podName);
      doorkeeper =
          new Doorkeeper(
              "shop",
              List.of(),
              new SlotShares("shop", pod, store, LossReserve.hold(Duration.ofSeconds(30))),
              new MeasuredCapacity(DECLARED, Tuning.DEFAULT),
              store);
    }

    long capacity() {
      return doorkeeper.admission().capacity();
    }

    double warmth() {
      return doorkeeper.admission().pods().get(0).warmth();
    }
  }

  private Replica replica(String name, String podName) {
    return new Replica(stage.store.seenBy(name), podName);
  }

  private void pass(int seconds, Replica... replicas) {
    for (int i = 0; i < seconds * 5; i++) {
      stage.pass(Duration.ofMillis(200));
      for (Replica each : replicas) {
        each.doorkeeper.tick(stage.now);
      }
    }
  }

  @Test
  void aPodIsAsWarmAsTheAnswersToAllReplicasSay() {
    begun = stage.now;
    Replica one = replica("one", "a");
    Replica two = replica("two", "a");
    pass(40, one, two);
    // 40 s of 60 by age, and 800 answers of 1,170; each alone gave 400.
    assertThat(one.warmth()).isCloseTo(0.1 + 0.9 * 0.66, within(0.03));
    assertThat(two.warmth()).isCloseTo(one.warmth(), within(0.02));
    assertThat(two.capacity()).isCloseTo(one.capacity(), within(2L));
  }

  @Test
  void whoLeadsNextAndWhoHasJustStartedGoOnWithTheSameCapacityAndCaps() {
    begun = stage.now;
    Replica one = replica("one", "a");
    Replica two = replica("two", "a");
    pass(70, one, two);
    long before = one.capacity();
    int cap = one.pod.cap;
    assertThat(before).isEqualTo(50); // of 200, half trusted and half left free
    pass(5, two);
    assertThat(two.doorkeeper.leads()).isTrue();
    assertThat(two.capacity()).isEqualTo(before);
    Replica fresh = replica("three", "a");
    pass(1, fresh);
    assertThat(fresh.capacity()).isEqualTo(before);
    pass(4, fresh);
    assertThat(fresh.doorkeeper.leads()).isTrue();
    assertThat(fresh.capacity()).isEqualTo(before);
    assertThat(cap).isPositive();
  }

  @Test
  void aPodThatIsStartedAnewBeginsColdForAll() {
    begun = stage.now;
    Replica one = replica("one", "a");
    Replica two = replica("two", "a");
    pass(70, one, two);
    begun = stage.now;
    life = 2;
    one.pod.answers = 0;
    two.pod.answers = 0;
    pass(2, one, two);
    assertThat(one.warmth()).isLessThan(0.15);
    assertThat(two.warmth()).isLessThan(0.15);
  }

  @Test
  void whatTheStoreHasLostComesBackFromThoseWhoKnewIt() {
    begun = stage.now;
    Replica one = replica("one", "a");
    Replica two = replica("two", "a");
    pass(70, one, two);
    long before = one.capacity();
    stage.store.lose();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      pass(1, one, two);
      least = Math.min(least, Math.min(one.capacity(), two.capacity()));
    }
    assertThat(least).isCloseTo(before, within(2L));
  }

  @Test
  void ofPodsThatAreOnlyProbedTheFirstSightCounts() {
    Replica one = replica("one", "");
    pass(65, one);
    double before = one.warmth();
    Replica late = replica("two", "");
    pass(1, one, late);
    assertThat(late.warmth())
        .as("seen for a second, known for a minute")
        .isEqualTo(before, within(0.05));
  }
}
