package dev.usher.pods.kubernetes;

import static dev.usher.pods.kubernetes.PretendedApi.endpoint;
import static dev.usher.pods.kubernetes.PretendedApi.endpointAtTheGate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import dev.usher.pods.PodChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The watches of one service, while the API does what it rarely does. */
@Execution(ExecutionMode.CONCURRENT)
final class WatchesTest extends FollowedPods {
  private static final String SLICES = "endpointslices";

  @Test
  void aVersionThatTheApiNoLongerKnowsIsListedAnewAndNothingIsMissed() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    int before = api.listings(SLICES);
    api.deafening = true;
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    api.deafening = false;
    api.forgetsOldVersions();
    untilReady("10.0.0.1", "10.0.0.2");
    assertThat(api.listings(SLICES)).isGreaterThan(before);
  }

  @Test
  void aWatchThatDiesInSilenceIsNoticedAndReplaced() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.deafening = true;
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    // Nothing tells of it, but the heartbeat sees a version that the watch should have told.
    untilReady("10.0.0.1", "10.0.0.2");
  }

  @Test
  void podsThatWereDeletedUnseenAreNotWaitedForOnceAllIsListedAnew() {
    api.pod("10.0.0.1");
    api.pod("10.0.0.2");
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    start();
    untilReady("10.0.0.1", "10.0.0.2");
    api.deafening = true;
    api.podIsDeleted("10.0.0.1");
    api.slice("a", endpoint("10.0.0.2"));
    untilReady("10.0.0.2");
    untilStaying(1);
  }

  @Test
  void podsOfTheColourThatAServiceSelectedBeforeAreNotWaitedFor() {
    api.pod("10.0.0.1");
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.colour = "green";
    api.podThatBears("10.0.0.2", 150);
    api.slice("a", endpoint("10.0.0.2"));
    untilReady("10.0.0.2");
    untilStaying(1);
    // And back, as after a bad release: the slices say so before the other selector is noticed.
    api.slice("a", endpoint("10.0.0.1"));
    untilReady("10.0.0.1");
    api.colour = "blue";
    untilStaying(1);
  }

  @Test
  void podsThatAServiceSelectsNoMoreButNamesAreReadyAndNoOthersAreWaitedFor() {
    api.pod("10.0.0.1");
    api.pod("10.0.0.2");
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    start();
    untilReady("10.0.0.1", "10.0.0.2");
    api.selects = false;
    api.slice("a", endpoint("10.0.0.2"));
    untilReady("10.0.0.2");
    untilStaying(1);
  }

  @Test
  void noPodBlinksWhileAnotherWatchHasNotListedThePodsYet() {
    api.podAtTheGate("10.0.0.1");
    api.slice("a", endpointAtTheGate("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.deafening = true;
    api.forbidden.add("pods");
    api.podAtTheGate("10.0.0.2");
    api.slice("a", endpointAtTheGate("10.0.0.1"), endpoint("10.0.0.3"));
    untilReady("10.0.0.1", "10.0.0.3");
    api.slice("a", endpointAtTheGate("10.0.0.1"), endpointAtTheGate("10.0.0.2"));
    api.forbidden.clear();
    untilReady("10.0.0.1", "10.0.0.2");
    assertThat(changes)
        .filteredOn(change -> change.pod().host().equals("10.0.0.1"))
        .extracting(PodChange::kind)
        .containsExactly(PodChange.Kind.READY);
  }

  @Test
  void aWatchThatIsCutGoesOnAndWhatIsKnownStays() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    for (int cut = 0; cut < 3; cut++) {
      api.cutsAllWatches();
      assertThat(pods.ready()).isEqualTo(1);
    }
    Wait.pause(1000);
    api.slice("a", endpoint("10.0.0.1"), endpoint("10.0.0.2"));
    untilReady("10.0.0.1", "10.0.0.2");
  }

  @Test
  void whileTheApiIsFrozenWhatIsKnownGetsOlderAndIsFreshAgainAfterwards() {
    api.slice("a", endpoint("10.0.0.1"));
    start();
    untilReady("10.0.0.1");
    api.frozen = true;
    until("nothing was heard for 3 s", () -> pods.age() > 3000);
    assertThat(pods.ready()).isEqualTo(1);
    api.frozen = false;
    until("something was heard just now", () -> pods.age() < 1500);
  }
}
