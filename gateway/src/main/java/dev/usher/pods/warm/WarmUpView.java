package dev.usher.pods.warm;

import dev.usher.pods.Pod;
import java.util.List;
import java.util.Map;

/**
 * How one replica warms the pods of an upstream.
 *
 * @param paths what they are asked for; empty if they are not called
 * @param failing those of them that do not work, each with the reason
 * @param called the pods that this replica calls now
 * @param answered calls that were answered, since the start
 * @param failed calls that were not, or not well
 */
public record WarmUpView(
    List<String> paths, Map<String, String> failing, List<Pod> called, long answered, long failed) {
  public WarmUpView {
    failing = Map.copyOf(failing);
  }
}
