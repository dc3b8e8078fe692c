package dev.usher.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.WrittenLog;
import dev.usher.admission.Declared;
import dev.usher.admission.capacity.Tuning;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.store.memory.MemoryQueueStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log says when no pod comes within half a minute, and when no more are asked for. */
final class GrowthLogTest {
  @RegisterExtension private final WrittenLog log = new WrittenLog(GrowthLog.class);

  private long now = 1_800_000_000_000L;
  private final MemoryQueueStore store = new MemoryQueueStore("one", () -> now, Duration.ZERO);
  private final Replica replica = new Replica(1, store, 4);
  private final Replica leads = new Replica(2, store, 4);
  private final GrowthLog growth = new GrowthLog(replica.signal);

  private void pass(Duration time) {
    for (long until = now + time.toMillis(); now < until; ) {
      now += 200;
      replica.tick(now);
      growth.look(now);
    }
  }

  @Test
  void podsThatDoNotComeAreToldOnceWithinHalfAMinuteAndSoIsTheEndOfIt() {
    replica.ready(2);
    pass(Duration.ofSeconds(2));
    replica.arrive(3000, now);
    pass(Duration.ofSeconds(22));
    assertThat(log.said()).as("the autoscaler may still add some").isEmpty();

    pass(Duration.ofSeconds(8));
    assertThat(log.said())
        .containsExactly(
            "WARN pods_not_added [upstream=\"shop\", wanted=\"6\", pods=\"4\", seconds=\"25\","
                + " asked_seconds_ago=\"null\"]");
    replica.signal.read(now);
    pass(Duration.ofSeconds(20));
    assertThat(log.said()).hasSize(1);

    Scaling atMostFour = new Scaling(1, 4, Duration.ofMinutes(10), Duration.ofMinutes(1));
    replica.signal.reconfigure(new Sizing(atMostFour, new Declared(200, 0, 0, 0), Tuning.DEFAULT));
    pass(Duration.ofSeconds(3));
    assertThat(log.said()).hasSize(2);
    assertThat(log.said().get(1)).startsWith("INFO pods_added [upstream=\"shop\"");
  }

  @Test
  void whileThereAreEnoughPodsNothingIsSaid() {
    replica.ready(4);
    pass(Duration.ofSeconds(2));
    replica.arrive(300, now);
    pass(Duration.ofMinutes(2));
    assertThat(log.said()).isEmpty();
  }

  /** What the leader writes: with twelve pods, of which the last ones added nothing. */
  private static Desired gained(int forTheLine) {
    Desired.Reason reason =
        forTheLine > 12 ? Desired.Reason.PODS_ADD_NO_CAPACITY : Desired.Reason.QUEUE;
    return new Desired(
        Math.min(12, forTheLine),
        Math.min(12, forTheLine),
        new Desired.Terms(forTheLine, 0, 3),
        reason,
        0,
        new Desired.Pods(12, 12, 0),
        new Desired.Learnt(1, 300));
  }

  private void written(Desired desired, Duration time) {
    Doorkeeper leader = leads.doorkeeper;
    for (long until = now + time.toMillis(); now < until; ) {
      now += 1000;
      Replica.done(leader.tick(now));
      Replica.done(store.note(leader.lease(), "desired", desired.text()));
      Replica.done(replica.signal.step(now));
      growth.look(now);
    }
  }

  @Test
  void thatGrowthHasStoppedIsToldOnceHoweverTheLineComesAndGoes() {
    written(gained(10), Duration.ofSeconds(5));
    assertThat(log.said()).isEmpty();
    for (int i = 0; i < 5; i++) {
      written(gained(28), Duration.ofSeconds(5));
      written(gained(11), Duration.ofSeconds(50));
    }
    assertThat(log.said())
        .containsExactly(
            "WARN growth_stopped [upstream=\"shop\", pods=\"12\", held_back=\"16\","
                + " fix=\"look at what the pods share, as a rule a database\"]");
    written(gained(11), Duration.ofSeconds(15));
    assertThat(log.said())
        .hasSize(2)
        .last()
        .isEqualTo("INFO growth_goes_on [upstream=\"shop\", pods=\"11\"]");
  }
}
