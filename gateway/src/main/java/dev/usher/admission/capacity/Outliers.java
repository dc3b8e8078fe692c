package dev.usher.admission.capacity;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Of which pods so much more is bad than of the others that it is no chance. What is bad on every
 * pod alike is no pod's.
 */
final class Outliers {
  /** Fewer say nothing of a pod. */
  static final int ENOUGH = 10;

  /** Of these, so many may be chance. */
  private static final int BAD_LEAST = 5;

  /** By so much the odds are worse. */
  private static final double WORSE = 4;

  private Outliers() {}

  /**
   * Of what one pod did, so much was bad.
   *
   * @param bad how many
   * @param all of how many
   */
  record Part(long bad, long all) {
    double share() {
      return bad / (double) Math.max(1, all);
    }

    Part plus(Part more) {
      return new Part(bad + more.bad, all + more.all);
    }

    private double odds() {
      return share() / Math.max(1e-9, 1 - share());
    }
  }

  /**
   * Those that are worse, by their place; none where they are more than those that are well.
   *
   * @param pods each
   * @param many the share that is too much for one pod
   * @param usual the share that is not too much for the others together
   * @param sure by how many standard deviations more
   */
  static List<Integer> of(List<Part> pods, double many, double usual, double sure) {
    Part others = pods.stream().filter(pod -> !isBad(pod, many)).reduce(new Part(0, 0), Part::plus);
    long well = pods.stream().filter(pod -> pod.all() >= ENOUGH && !isBad(pod, many)).count();
    List<Integer> worse =
        others.share() > usual
            ? List.of()
            : IntStream.range(0, pods.size())
                .filter(i -> isBad(pods.get(i), many) && isWorse(pods.get(i), others, sure))
                .boxed()
                .toList();
    return worse.size() <= well ? worse : List.of();
  }

  private static boolean isBad(Part pod, double many) {
    return pod.all() >= ENOUGH && pod.share() > many;
  }

  private static boolean isWorse(Part pod, Part others, double sure) {
    if (pod.bad() < BAD_LEAST || others.all() == 0 || pod.odds() < WORSE * others.odds()) {
      return false;
    }
    double both = pod.plus(others).share();
    double deviation = Math.sqrt(both * (1 - both) * (1.0 / pod.all() + 1.0 / others.all()));
    return pod.share() - others.share() >= sure * deviation;
  }
}
