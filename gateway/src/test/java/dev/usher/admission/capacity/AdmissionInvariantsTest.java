package dev.usher.admission.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Admission;
import dev.usher.admission.Declared;
import dev.usher.admission.Observation;
import dev.usher.admission.PodLimit;
import dev.usher.admission.PodSample;
import dev.usher.house.AFifthOfTries;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What holds whatever is observed. */
final class AdmissionInvariantsTest {
  private static final double SESSIONS = Upstream.DECLARED.sessions();

  /** Observations as wild as can be, each a step after the last. */
  private static void shake(Upstream shop, Random chance) {
    shop.sessions = Math.max(0, shop.sessions + chance.nextInt(400) - 200);
    shop.waiting = chance.nextInt(3) * (long) chance.nextInt(10_000);
    shop.offers = chance.nextInt(500);
    shop.called += chance.nextInt(100);
    shop.claimed += chance.nextInt(100);
    shop.atOnce += chance.nextInt(50);
    shop.claimMillis += chance.nextInt(20_000);
    shop.first += chance.nextInt(300);
    shop.settled += chance.nextInt(300);
    shop.roomless += chance.nextInt(30);
    shop.errors += chance.nextInt(4) == 0 ? chance.nextInt(100) : 0;
    shop.inFlight = chance.nextInt(500);
    shop.saturation = chance.nextInt(10) == 0 ? chance.nextDouble() * 2 : 0;
    shop.silence = chance.nextInt(5) == 0 ? chance.nextInt(100_000) : 0;
    shop.paused = chance.nextInt(10) == 0;
    shop.answered(chance.nextInt(200), 0.05 + chance.nextDouble());
    shop.now += chance.nextInt(1000);
    shop.grow(chance.nextInt(1000), chance.nextInt(50));
    for (int i = 0; i < shop.pods.size(); i++) {
      PodSample pod = shop.pods.get(i);
      if (chance.nextInt(20) == 0) {
        boolean restarted = chance.nextBoolean();
        shop.pods.set(
            i,
            new PodSample(
                pod.pod(),
                pod.life().number() + (restarted ? 1 : 0),
                chance.nextBoolean(),
                false,
                restarted ? 0 : pod.age(),
                restarted ? 0 : pod.served()));
      }
    }
  }

  @Property(tries = 200)
  void neverAboveWhatTheReadyPodsBearAndNeverBelowZero(
      @ForAll @IntRange(max = 12) int pods, @ForAll long seed) {
    Random chance = new Random(seed);
    Upstream shop = new Upstream().pods(pods, chance.nextInt(400_000), chance.nextInt(3000));
    MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    for (int i = 0; i < 100; i++) {
      shake(shop, chance);
      Admission admission = shop.step(controller);
      long ready = shop.pods.stream().filter(PodSample::ready).count();
      double most = Headroom.of((int) ready, 1) * ready * SESSIONS;
      assertThat((double) admission.capacity())
          .isLessThanOrEqualTo(Math.max(most, ready > 0 ? 1 : 0));
      assertThat(admission.places()).isNotNegative();
      assertThat(admission.kept()).isBetween(0L, shop.offers);
      assertThat(admission.figures().correction()).isBetween(Correction.LEAST, 1.0);
      assertThat(admission.pods()).hasSize(pods);
      for (PodLimit limit : admission.pods()) {
        assertThat(limit.warmth()).isBetween(0.0, 1.0);
        assertThat(limit.cap()).isBetween(0, Upstream.DECLARED.maxInFlight());
        assertThat(limit.cap() == 0).isEqualTo(limit.warmth() == 0);
      }
    }
  }

  @Property(tries = 200)
  void aFurtherReadyPodNeverLowersCapacity(
      @ForAll @IntRange(max = 20) int pods,
      @ForAll @LongRange(max = 400_000) long age,
      @ForAll @LongRange(max = 3000) long served,
      @ForAll long seed) {
    MeasuredCapacity few = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    MeasuredCapacity more = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    Random chance = new Random(seed);
    Upstream shop = new Upstream().pods(pods, chance.nextInt(400_000), chance.nextInt(3000));
    for (int i = 0; i < 20; i++) {
      shop.sessions = chance.nextInt(1000);
      shop.healthy(few, 0);
      Observation seen = shop.seen();
      few.decide(seen);
      more.decide(seen);
      shop.now += 200;
    }
    long before = few.decide(shop.seen()).capacity();
    shop.pods(1, age, served);
    assertThat(more.decide(shop.seen()).capacity()).isGreaterThanOrEqualTo(before);
  }

  @Property(tries = 100)
  void creditIsNeverSavedUp(
      @ForAll @IntRange(min = 1, max = 30) int pods, @ForAll @IntRange(max = 3600) int idle) {
    Upstream shop = new Upstream().warm(pods);
    MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    shop.step(controller);
    for (int i = 0; i < 10; i++) {
      shop.now += idle * 100L;
      Admission admission = shop.step(controller);
      double step = Math.max(1, admission.figures().rate());
      assertThat((double) admission.places()).isLessThanOrEqualTo(step + 1e-6);
    }
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 100)
  void whatIsStaleNeverReadsAsHealthy(
      @ForAll @IntRange(min = 1, max = 12) int pods, @ForAll long seed) {
    Random chance = new Random(seed);
    Upstream shop = new Upstream().pods(pods, chance.nextInt(100_000), chance.nextInt(1500));
    MeasuredCapacity controller = new MeasuredCapacity(Upstream.DECLARED, Tuning.DEFAULT);
    shop.sessions = chance.nextInt(2000);
    shop.waiting = 100;
    Admission before = shop.healthy(controller, 1);
    shop.pods(3, 3_600_000, 100_000);
    for (int i = 0; i < 300; i++) {
      shop.silence = 5001 + i * 1000L;
      Admission now = shop.healthy(controller, 1);
      assertThat(now.capacity()).isLessThanOrEqualTo(before.capacity());
      assertThat(now.figures().correction()).isLessThanOrEqualTo(before.figures().correction());
      assertThat(now.reason()).isEqualTo(Admission.Reason.SIGNAL_STALE);
      assertThat(now.pods().subList(pods, pods + 3)).allMatch(limit -> limit.cap() == 0);
      before = now;
    }
    assertThat(before.capacity()).isPositive();
  }

  @Property(tries = 50)
  void whatIsNotDeclaredIsStillFinite(@ForAll @IntRange(max = 2) int which, @ForAll long seed) {
    Declared declared =
        List.of(new Declared(100, 0, 0, 0), new Declared(0, 20, 0, 0), new Declared(0, 0, 40, 0))
            .get(which);
    Random chance = new Random(seed);
    Upstream shop = new Upstream().warm(4);
    MeasuredCapacity controller = new MeasuredCapacity(declared, Tuning.DEFAULT);
    for (int i = 0; i < 100; i++) {
      shake(shop, chance);
      Admission admission = shop.step(controller);
      assertThat(admission.capacity()).isBetween(0L, 1_000_000L);
      assertThat(admission.figures().rate()).isBetween(0.0, 1e6);
      assertThat(admission.pods()).allMatch(limit -> limit.cap() <= 100);
    }
  }
}
