package dev.usher.doorkeeper;

import dev.usher.admission.Admission;
import dev.usher.admission.AdmissionController;
import dev.usher.admission.Declared;
import dev.usher.admission.Observation;
import dev.usher.admission.capacity.MeasuredCapacity;
import dev.usher.store.QueueStore;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The memory, in the store, of which versions of an upstream's pods have proven what they bear, so
 * that a gateway that starts in front of them need not find out again. Decides nothing itself, and
 * does not wait for the store: until the store answers, nothing counts as remembered.
 */
public final class Proofs implements AdmissionController {
  /** A proof must not run out while it holds, and other replicas prove versions, too. */
  private static final long AGAIN_MILLIS = 60_000;

  /** Shortest time before another question, or before one that got no answer is asked again. */
  private static final long RETRY_MILLIS = 1000;

  private final String upstream;
  private final MeasuredCapacity decides;
  private final QueueStore store;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Set<String> proven = Set.of();
  private volatile @Nullable Question answered;
  private long askedAt = Long.MIN_VALUE / 2;

  /** A question to the store: about this version, and whether its proof holds here. */
  private record Question(String version, boolean holds) {}

  /** Takes over {@code decides}, which nobody else may ask. */
  public Proofs(String upstream, MeasuredCapacity decides, QueueStore store) {
    this.upstream = upstream;
    this.decides = decides;
    this.store = store;
  }

  @Override
  public Admission decide(Observation seen) {
    String template = seen.seen().template();
    if (template == null) {
      return decides.decide(seen);
    }
    String version = version(template);
    Admission decided = decides.decide(seen.remembering(proven.contains(version)));
    ask(new Question(version, decided.figures().proven()), seen.now());
    return decided;
  }

  /**
   * The version with what was declared of it: a proof for a smaller declaration says nothing of a
   * larger one.
   */
  private String version(String template) {
    Declared declared = decides.declared();
    return String.join(
        " ",
        template,
        String.valueOf(declared.sessions()),
        String.valueOf(declared.requestsPerSecond()),
        String.valueOf(declared.maxInFlight()),
        String.valueOf(declared.responseSeconds()));
  }

  private void ask(Question question, long now) {
    long pause = question.equals(answered) ? AGAIN_MILLIS : RETRY_MILLIS;
    if (now - askedAt < pause || !asking.compareAndSet(false, true)) {
      return;
    }
    askedAt = now;
    var unused =
        store
            .proven(upstream, question.holds() ? question.version() : null)
            .whenComplete(
                (all, failure) -> {
                  if (failure == null) {
                    proven = all;
                    answered = question;
                  }
                  asking.set(false);
                });
  }
}
