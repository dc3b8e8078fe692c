package dev.usher.provision.waits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.provision.waits.Coming.Batch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComingTest {
  private static final Duration LEAD = Duration.ofSeconds(60);

  private final Coming coming = new Coming();

  @Test
  void podsThatAreReadyAreNotComing() {
    coming.see(0, 4, 4);
    assertThat(coming.all(0, LEAD)).isEmpty();
  }

  @Test
  void whatWasAskedForFirstComesFirst() {
    coming.see(0, 8, 4);
    coming.see(15_000, 16, 4);
    assertThat(coming.all(15_000, LEAD))
        .containsExactly(new Batch(0, 4, 4), new Batch(15_000, 8, 8));
    coming.see(50_000, 16, 10);
    assertThat(coming.all(50_000, LEAD)).containsExactly(new Batch(15_000, 10, 6));
  }

  @Test
  void whatIsNoLongerAskedForDoesNotCome() {
    coming.see(0, 8, 4);
    coming.see(1000, 6, 4);
    assertThat(coming.all(1000, LEAD)).containsExactly(new Batch(0, 4, 2));
    coming.see(2000, 4, 4);
    assertThat(coming.all(2000, LEAD)).isEmpty();
  }

  @Test
  void aPodThatDiedComesBack() {
    coming.see(0, 4, 4);
    coming.see(1000, 4, 3);
    assertThat(coming.all(1000, LEAD)).containsExactly(new Batch(1000, 3, 1));
  }

  @Test
  void whatDidNotComeInThreeTimesItsTimeIsNotBelievedIn() {
    coming.see(0, 8, 4);
    assertThat(coming.all(179_000, LEAD)).isNotEmpty();
    assertThat(coming.all(181_000, LEAD)).isEmpty();
  }
}
