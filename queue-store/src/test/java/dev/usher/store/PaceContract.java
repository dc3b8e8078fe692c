package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store promises of how fast visitors are let in; a part of the one contract. */
abstract class PaceContract extends SessionContract {
  @Test
  void aCrowdThatMeetsAnEmptyUpstreamIsAdmittedAtOnceOnlyAsFarAsPlacesGo() {
    call(1000, 20);
    assertThat(get(store.arrive(concert, 15)).admitted()).isEqualTo(15);
    assertThat(get(other.arrive(theatre, 500)).admitted()).isEqualTo(5);
    assertThat(call(1000, 20).called()).isEqualTo(20);
    assertThat(get(store.arrive(concert, 1)).admitted()).isZero();
    assertThat(line(theatre).called()).isEqualTo(25);
  }

  @Test
  void placesThatACallLeavesServeNewcomersUntilTheNext() {
    get(store.arrive(concert, 3));
    assertThat(call(100, 10).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, 5)).admitted()).isEqualTo(5);
    assertThat(get(store.arrive(concert, 5)).admitted()).isEqualTo(2);
    assertThat(call(100, 3).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, 1)).admitted()).isZero();
  }

  @Test
  void placesNotUsedAreNotSavedUp() {
    call(100, 10);
    call(100, 10);
    assertThat(get(store.arrive(concert, 30)).admitted()).isEqualTo(10);
  }

  @Test
  void placesEndWithTheCapacityTheyCameWith() {
    get(store.call(lease, budget(100, 10, Duration.ofSeconds(3)), shares()));
    pass(Duration.ofSeconds(4));
    assertThat(get(store.arrive(concert, 1)).admitted()).isZero();
  }

  @Test
  void theGreatestCapacityAndPlacesAreTakenAsTheyAre() {
    get(store.arrive(concert, 3));
    assertThat(call(Long.MAX_VALUE, Integer.MAX_VALUE).called()).isEqualTo(3);
    assertThat(get(store.arrive(concert, 4)).admitted()).isEqualTo(4);
    assertThat(call(Long.MAX_VALUE, Integer.MAX_VALUE).sessions()).isEqualTo(4);
  }

  @Test
  void aBudgetSaysWhatIsWrongWithIt() {
    assertThatThrownBy(() -> budget(-1, 5, VALID))
        .hasMessage("capacity must be at least 0 but was -1");
    assertThatThrownBy(() -> budget(5, -1, VALID))
        .hasMessage("places must be at least 0 but was -1");
    assertThatThrownBy(() -> budget(5, 5, Duration.ZERO))
        .hasMessage("validFor must be at least 1 ms but was PT0S");
  }
}
