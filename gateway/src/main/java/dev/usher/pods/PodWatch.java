package dev.usher.pods;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import java.util.List;

/** The pods of one upstream, as they are watched and limited at every tick. */
public interface PodWatch {
  /**
   * What is seen of them.
   *
   * @param now milliseconds since 1970
   */
  PodsSeen see(long now);

  /** What this replica has on them now. */
  Load load();

  /** Sets what each may be given from now on. Pods that are not named keep their limit. */
  void limit(List<PodLimit> limits);
}
