package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A look at a floor that fails is told, and not at each look. */
final class FloorFailuresTest {
  @RegisterExtension private final WrittenLog log = new WrittenLog(FloorFailures.class);

  private final FloorFailures failures = new FloorFailures();
  private final Throwable fault = new IllegalStateException("a fault");

  @Test
  void oneThatGoesOnIsToldOncePerUpstreamUntilALookSucceeds() {
    for (int look = 0; look < 3; look++) {
      failures.look("shop", fault);
      failures.look("", new CompletionException(fault));
    }
    assertThat(log.said())
        .containsExactly(
            "ERROR floor_failed [upstream=\"shop\"]", "ERROR floor_failed [upstream=\"\"]");
    failures.look("shop", null);
    failures.look("shop", fault);
    assertThat(log.said()).hasSize(3);
  }

  @Test
  void aStoreThatIsAwayIsToldElsewhere() {
    failures.look("shop", new CompletionException(new StoreUnavailableException("away")));
    assertThat(log.said()).isEmpty();
  }
}
