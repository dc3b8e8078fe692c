package dev.usher.admission;

import dev.usher.admission.Traffic.Part;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one upstream and what one replica sent them, as seen at a tick.
 *
 * @param pods every pod known, ready or not
 * @param traffic what was sent to all of them
 * @param parts what of its answers and errors was whose, by the pod's name
 * @param silence milliseconds since anything was heard of which pods are ready; {@link
 *     #NEVER_HEARD} when it never was
 * @param doubted whether what was heard is not believed: that all are gone at once
 * @param template the version that most ready pods are of; null when unknown
 * @param share share of the pods' answers that went by this replica, 0 to 1; NaN when unknown
 */
public record PodsSeen(
    List<PodSample> pods,
    Traffic traffic,
    Map<String, Part> parts,
    long silence,
    boolean doubted,
    @Nullable String template,
    double share) {
  /** The silence of who never heard which pods there are: not even a guess is possible. */
  public static final long NEVER_HEARD = Long.MAX_VALUE;

  /** Nothing was seen yet. */
  public static final PodsSeen NONE = new PodsSeen(List.of(), Traffic.NONE, 0);

  /** What was heard is believed. */
  public PodsSeen(List<PodSample> pods, Traffic traffic, long silence) {
    this(pods, traffic, silence, false);
  }

  /** Nothing is known of versions. */
  public PodsSeen(List<PodSample> pods, Traffic traffic, long silence, boolean doubted) {
    this(pods, traffic, Map.of(), silence, doubted, null, Double.NaN);
  }

  /** The same pods, when more is known of what they did. */
  public PodsSeen withMore(List<PodSample> known, double seenShare) {
    return new PodsSeen(known, traffic, parts, silence, doubted, template, seenShare);
  }

  /** Whether it is not even known which pods there are. */
  public boolean blind() {
    return silence == NEVER_HEARD;
  }

  public PodsSeen {
    pods = List.copyOf(pods);
    parts = Map.copyOf(parts);
  }
}
