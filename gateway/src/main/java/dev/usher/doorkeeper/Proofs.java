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
 * Remembers in the store which versions of an upstream's pods have proven what they bear, so that a
 * gateway that starts in front of them need not find out anew. Decides nothing itself, and does not
 * wait for the store: until it answers nothing is remembered.
 */
public final class Proofs implements AdmissionController {
  /** A proof must not run out while it holds, and other replicas prove things, too. */
  private static final long AGAIN_MILLIS = 60_000;

  /** So long after a question that got no answer, or before another one. */
  private static final long RETRY_MILLIS = 1000;

  private final String upstream;
  private final MeasuredCapacity decides;
  private final QueueStore store;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Set<String> proven = Set.of();
  private volatile @Nullable Question answered;
  private long askedAt = Long.MIN_VALUE / 2;

  /** What the store was asked: about this version, and whether it holds here. */
  private record Question(String version, boolean holds) {}

  /** Nobody else may ask {@code decides}. */
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

  /** What was proven of less that was declared says nothing of more. */
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
