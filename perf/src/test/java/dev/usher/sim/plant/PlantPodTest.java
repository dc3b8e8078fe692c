package dev.usher.sim.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.usher.sim.time.Appointment;
import dev.usher.sim.time.Chance;
import dev.usher.sim.time.Timeline;
import org.junit.jupiter.api.Test;

final class PlantPodTest {
  private static final Nature NATURE = Nature.middle(76);

  private final Timeline timeline = new Timeline();
  private final Chance chance = new Chance(1);
  private final PlantPod pod = new PlantPod(0, NATURE, timeline, each -> each.die(false));
  private int answered;
  private int broken;
  private double took;

  @Test
  void aWarmPodAnswersAtItsServiceTimeUpToTheKnee() {
    pod.live(NATURE.warmUpWork());
    load(15, 200);
    assertThat(took / answered).isCloseTo(NATURE.serviceSeconds(), within(0.02));
    assertThat(answered / 200.0).isCloseTo(15, within(1.0));
  }

  @Test
  void noMoreAreServedThanTheRateOfThePod() {
    pod.live(NATURE.warmUpWork());
    // So many at once, ever again: those who are answered ask again at once.
    closed(30, 100);
    assertThat(answered / 100.0).isCloseTo(NATURE.requestsPerSecond(), within(1.5));
    // The response law: in flight by the rate.
    assertThat(took / answered).isCloseTo(1.0, within(0.1));
  }

  @Test
  void beyondFortyInFlightAPodGetsSlower() {
    pod.live(NATURE.warmUpWork());
    closed(80, 100);
    assertThat(answered / 100.0).isCloseTo(NATURE.requestsPerSecond() / 2, within(1.5));
  }

  @Test
  void aPodThatIsFarOverloadedDies() {
    pod.live(NATURE.warmUpWork());
    closed(230, 2.9);
    assertThat(pod.alive()).isTrue();
    closed(0, 1);
    assertThat(pod.alive()).isFalse();
    assertThat(broken).isEqualTo(230);
    ask();
    assertThat(broken).isEqualTo(231);
  }

  @Test
  void aColdPodHasAThirdOfItsSpeedAndGetsTheRestByWork() {
    pod.live(0);
    assertThat(pod.requestsPerSecond()).isCloseTo(0.33 * 30, within(0.1));
    closed(6, 60);
    assertThat(pod.served()).isBetween(750.0, 1499.0);
    double half = pod.warmth();
    assertThat(half).isBetween(0.6, 0.99);
    closed(0, 60);
    assertThat(pod.warmth()).isEqualTo(1);
  }

  @Test
  void aDatabaseThatIsFullSlowsAllPods() {
    pod.live(NATURE.warmUpWork());
    pod.speed(1, 0.5);
    closed(10, 100);
    assertThat(answered / 100.0).isCloseTo(NATURE.requestsPerSecond() / 2, within(1.0));
  }

  @Test
  void sessionsPerPodAskWhatThePodServes() {
    double each = NATURE.requestsPerSession() / NATURE.holdSeconds();
    assertThat(NATURE.sessionsPerPod() * each).isCloseTo(30, within(1e-9));
    assertThat(NATURE.sessionsPerPod()).isBetween(180.0, 260.0);
  }

  private void load(double perSecond, double seconds) {
    double at = 0;
    while (at < seconds) {
      at += chance.waiting(1 / perSecond);
      Appointment unused = timeline.after(at, this::ask);
    }
    run(seconds + 5);
  }

  private void ask() {
    double began = timeline.seconds();
    pod.serve(chance.skewed(NATURE.serviceSeconds(), 1), end -> ended(end, began));
  }

  private void ended(JobEnd end, double began) {
    if (end == JobEnd.ANSWERED) {
      answered++;
      took += timeline.seconds() - began;
    } else {
      broken++;
    }
  }

  private void closed(int visitors, double seconds) {
    for (int i = 0; i < visitors; i++) {
      askEverAgain();
    }
    run(timeline.seconds() + seconds);
  }

  private void askEverAgain() {
    double began = timeline.seconds();
    pod.serve(
        chance.skewed(NATURE.serviceSeconds(), 1),
        end -> {
          ended(end, began);
          if (end == JobEnd.ANSWERED) {
            askEverAgain();
          }
        });
  }

  private void run(double until) {
    Appointment unused = timeline.after(until - timeline.seconds(), () -> {});
    while (timeline.step(until)) {
      assertThat(pod.inFlight()).isNotNegative();
    }
  }
}
