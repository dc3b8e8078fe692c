package dev.usher.pods;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import java.util.List;

/** The pods of one upstream, as they are seen and limited at every tick. */
public interface PodWatch {
  /**
   * Looks at the pods.
   *
   * @param now milliseconds since 1970
   */
  PodsSeen see(long now);

  /** What this replica has on the pods now. */
  Load load();

  /** Sets what each pod may be given. Pods that are not named keep their limit. */
  void limit(List<PodLimit> limits);
}
