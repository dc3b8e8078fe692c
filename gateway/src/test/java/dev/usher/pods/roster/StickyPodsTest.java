package dev.usher.pods.roster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.admission.PodLimit;
import dev.usher.admission.capacity.Tuning;
import dev.usher.pods.Pod;
import dev.usher.pods.Slot;
import dev.usher.pods.Slot.Outcome;
import dev.usher.pods.Sticky;
import dev.usher.pods.StickySession;
import dev.usher.pods.StickyView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.slots.PodPlay;
import dev.usher.pods.slots.PodSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that stay with their pods, of which each may have two requests. */
final class StickyPodsTest extends PodPlay {
  private static final Duration HOLD = Duration.ofSeconds(9);

  /** One request of a session. */
  private static final class Session implements StickySession {
    private long pod;
    private boolean refused;

    Session on(Pod wanted) {
      pod = PodLabel.of(wanted.toString());
      return this;
    }

    @Override
    public long pod() {
      return pod;
    }

    @Override
    public void goesTo(long other) {
      pod = other;
    }

    @Override
    public void inVain() {
      refused = true;
    }
  }

  private PodSet sticky(Sticky sticky, int slots) {
    PodSet set = set(A, B);
    var probe =
        new UpstreamOptions.ProbeOptions("/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    var options =
        new UpstreamOptions(
            "shop",
            List.of(A, B),
            new Declared(50, 0, 100, 0),
            Tuning.DEFAULT,
            10,
            probe,
            0.5,
            sticky,
            List.of());
    set.roster().reconfigure(options);
    set.reconfigure(options);
    limit(set, slots);
    return set;
  }

  private static void limit(PodSet set, int slots) {
    set.roster().limit(List.of(new PodLimit("a:80", 1, slots), new PodLimit("b:80", 1, slots)));
  }

  private static Slot taken(PodSet set, StickySession stay) {
    return Objects.requireNonNull(set.take(stay, null));
  }

  private static CompletableFuture<Slot> waits(PodSet set, @Nullable StickySession stay) {
    return set.await(HOLD, stay).toCompletableFuture();
  }

  private static Pod pod(CompletableFuture<Slot> given) {
    assertThat(given).isCompleted();
    return Objects.requireNonNull(given.join()).pod();
  }

  @Test
  void whoWaitsForAFullPodHoldsUpNobodyAndFillsNotAllRoomToWait() {
    PodSet set = sticky(Sticky.REQUIRE, 2);
    taken(set, new Session().on(A));
    taken(set, new Session().on(A));
    assertThat(set.take(new Session().on(A), null)).isNull();
    List<CompletableFuture<Slot>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(waits(set, new Session().on(A)));
    }
    Session sixth = new Session().on(A);
    assertThat(waits(set, sixth)).isCompletedWithValue(null);
    assertThat(sixth.refused).isTrue();
    assertThat(set.sticky()).isEqualTo(new StickyView(Sticky.REQUIRE, 5, 0, 1));
    // Newcomers, and those of the other pod.
    assertThat(taken(set, new Session()).pod()).isEqualTo(B);
    assertThat(taken(set, new Session().on(B)).pod()).isEqualTo(B);
    assertThat(waits(set, null)).isNotDone();
    assertThat(set.holding()).isEqualTo(6);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void aSlotThatComesFreeGoesToWhoHasWaitedLongerOfThoseWhoMayHaveIt() {
    PodSet set = sticky(Sticky.PREFER, 1);
    Slot onA = taken(set, new Session().on(A));
    Slot onB = taken(set, new Session().on(B));
    CompletableFuture<Slot> anyone = waits(set, null);
    CompletableFuture<Slot> first = waits(set, new Session().on(A));
    CompletableFuture<Slot> second = waits(set, null);
    onA.giveBack(Outcome.ANSWERED);
    assertThat(pod(anyone)).isEqualTo(A);
    assertThat(first).isNotDone();
    onB.giveBack(Outcome.ANSWERED);
    // It is not theirs: they wait for their own.
    assertThat(pod(second)).isEqualTo(B);
    assertThat(first).isNotDone();
    Objects.requireNonNull(anyone.join()).giveBack(Outcome.ANSWERED);
    assertThat(pod(first)).isEqualTo(A);
  }

  @Test
  void whoWaitsForAPodThatGoesIsServedElsewhereAtTheNextTickOrWaitsForItsReturn() {
    for (Sticky sticky : List.of(Sticky.PREFER, Sticky.REQUIRE)) {
      PodSet set = sticky(sticky, 1);
      taken(set, new Session().on(A));
      Session session = new Session().on(A);
      CompletableFuture<Slot> waiting = waits(set, session);
      set.roster().probed(A, UNREADY);
      tick(set);
      assertThat(waiting.isDone()).isEqualTo(sticky == Sticky.PREFER);
      set.roster().probed(A, null);
      limit(set, 2);
      assertThat(pod(waiting)).isEqualTo(sticky == Sticky.PREFER ? B : A);
      assertThat(session.pod()).isEqualTo(PodLabel.of(sticky == Sticky.PREFER ? "b:80" : "a:80"));
    }
  }

  @Test
  void aPodThatIsGoneForGoodHasNobodyWaitForIt() {
    PodSet set = sticky(Sticky.REQUIRE, 2);
    Session session = new Session();
    session.goesTo(PodLabel.of("c:80"));
    assertThat(taken(set, session).pod()).isIn(A, B);
    assertThat(set.sticky().moved()).isEqualTo(1);
    assertThat(session.pod()).isNotEqualTo(PodLabel.of("c:80"));
  }
}
