package dev.usher.admission;

import dev.usher.admission.Traffic.Part;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one upstream and what one replica sent them, as seen at a tick.
 *
 * @param pods every pod known, ready or not
 * @param traffic the requests to all of them
 * @param parts each pod's part of the answers and errors, by its name
 * @param silence milliseconds since anything was heard of which pods are ready; {@link
 *     #NEVER_HEARD} if it never was
 * @param doubted whether the last word, that all pods are gone at once, is doubted
 * @param template the version of most ready pods; null if unknown
 * @param share share of the pods' answers that went through this replica, 0 to 1; NaN if unknown
 */
public record PodsSeen(
    List<PodSample> pods,
    Traffic traffic,
    Map<String, Part> parts,
    long silence,
    boolean doubted,
    @Nullable String template,
    double share) {
  /**
   * The silence of a replica that has never heard which pods there are: not even a guess is
   * possible.
   */
  public static final long NEVER_HEARD = Long.MAX_VALUE;

  /** Nothing has been seen yet. */
  public static final PodsSeen NONE = new PodsSeen(List.of(), Traffic.NONE, 0);

  /** Pods of which the last word is believed. */
  public PodsSeen(List<PodSample> pods, Traffic traffic, long silence) {
    this(pods, traffic, silence, false);
  }

  /** Pods of which no version is known. */
  public PodsSeen(List<PodSample> pods, Traffic traffic, long silence, boolean doubted) {
    this(pods, traffic, Map.of(), silence, doubted, null, Double.NaN);
  }

  /** The pods with what is known elsewhere of their work. */
  public PodsSeen withMore(List<PodSample> known, double seenShare) {
    return new PodsSeen(known, traffic, parts, silence, doubted, template, seenShare);
  }

  /** Whether it is unknown even which pods there are. */
  public boolean blind() {
    return silence == NEVER_HEARD;
  }

  public PodsSeen {
    pods = List.copyOf(pods);
    parts = Map.copyOf(parts);
  }
}
