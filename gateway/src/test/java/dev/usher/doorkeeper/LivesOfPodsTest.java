package dev.usher.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Latencies;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.room.Stage;
import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pod answered in one life never counts for its next, whoever tells of it. */
final class LivesOfPodsTest {
  private final Stage stage = new Stage();

  /** A replica, and the one pod as it sees it. */
  private final class Replica {
    private final SharedWork work;
    private final String name;
    private int life;
    private boolean ready = true;
    private long readySince = stage.now;
    private long answers;

    Replica(String replica, int life, String name) {
      this.work = new SharedWork("shop", stage.store.seenBy(replica));
      this.life = life;
      this.name = name;
    }

    void answers(int more) {
      answers += more;
    }

    void seesItEnd() {
      ready = false;
    }

    void seesItBegin() {
      life++;
      ready = true;
      readySince = stage.now;
      answers = 0;
    }

    /** What the pod has answered in this life, as far as the replica knows. */
    long known() {
      String of = name.isEmpty() ? "" : name + "/" + life;
      PodSample pod =
          new PodSample(
              "pod",
              new PodSample.Life(life, of),
              ready,
              stage.now - readySince,
              new Done(answers, 0, 0),
              0,
              0);
      Traffic traffic = new Traffic(0, 0, 0, 0, Latencies.NONE, 0, 0);
      return work.see(new PodsSeen(List.of(pod), traffic, 0), stage.now).pods().get(0).served();
    }
  }

  /** All tell what they saw, twice: the second time each knows what all others told. */
  private void tell(Replica... replicas) {
    for (int i = 0; i < 2; i++) {
      stage.pass(Duration.ofSeconds(1));
      for (Replica each : replicas) {
        long unused = each.known();
        each.work.step(new Lease("shop", 0), stage.now).toCompletableFuture().join();
      }
    }
  }

  @Test
  void aPodThatIsOnlyProbedBeginsAnewHoweverShortItsLifeWas() {
    Replica one = new Replica("one", 1, "");
    one.answers(90);
    tell(one);
    one.seesItEnd();
    tell(one);
    one.seesItBegin();
    assertThat(one.known()).isZero();
    one.answers(10);
    tell(one);
    assertThat(one.known()).isEqualTo(10);
    assertThat(new Replica("two", 1, "").known()).as("told nothing yet").isZero();
  }

  @Test
  void itsThirdLifeIsNotItsSecond() {
    Replica one = new Replica("one", 1, "");
    for (int life = 0; life < 5; life++) {
      one.answers(50);
      tell(one);
      assertThat(one.known()).isEqualTo(50);
      one.seesItEnd();
      tell(one);
      one.seesItBegin();
    }
  }

  @Test
  void whoNoticesLateHandsNothingOn() {
    Replica one = new Replica("one", 1, "");
    Replica two = new Replica("two", 1, "");
    one.answers(60);
    two.answers(30);
    tell(one, two);
    assertThat(one.known()).isEqualTo(90);
    one.seesItEnd();
    one.seesItBegin();
    one.answers(5);
    // It was answered before the pod died, and is told only now.
    two.answers(20);
    tell(one, two);
    assertThat(one.known()).isEqualTo(5);
    assertThat(two.known()).isEqualTo(5);
    two.answers(4);
    tell(one, two);
    assertThat(one.known()).isEqualTo(9);
  }

  @Test
  void whatSeveralSeeBeginIsOneLife() {
    Replica one = new Replica("one", 1, "");
    Replica two = new Replica("two", 1, "");
    one.answers(90);
    tell(one, two);
    one.seesItEnd();
    two.seesItEnd();
    one.seesItBegin();
    one.answers(5);
    tell(one, two);
    two.seesItBegin();
    two.answers(4);
    tell(one, two);
    assertThat(one.known()).isEqualTo(9);
    assertThat(two.known()).isEqualTo(9);
  }

  @Test
  void aPodThatAnotherReplicaListsLaterStaysAsWarmAsItIs() {
    Replica one = new Replica("one", 2, "");
    one.answers(90);
    tell(one);
    stage.pass(Duration.ofMinutes(1));
    Replica two = new Replica("two", 7, "");
    two.answers(1);
    tell(one, two);
    assertThat(one.known()).isEqualTo(91);
    assertThat(two.known()).isEqualTo(91);
  }

  @Test
  void anotherPodAtTheSameAddressBeginsAnewThoughNothingIsKnownOfEitherButTheirReadiness() {
    Replica one = new Replica("one", 4, "");
    Replica two = new Replica("two", 9, "");
    one.answers(40);
    two.answers(40);
    tell(one, two);
    one.seesItBegin();
    two.seesItBegin();
    tell(one, two);
    assertThat(one.known()).isZero();
    assertThat(two.known()).isZero();
  }

  @Test
  void aPodWithANameIsKnownByItWhateverItsNumberHere() {
    Replica one = new Replica("one", 1, "a");
    one.answers(90);
    tell(one);
    one.seesItBegin();
    one.answers(3);
    tell(one);
    assertThat(one.known()).isEqualTo(3);
    Replica two = new Replica("two", 2, "a");
    tell(one, two);
    assertThat(two.known()).isEqualTo(3);
  }
}
