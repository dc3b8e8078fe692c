package dev.usher.admission.capacity;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Pods of which so much more is bad than of the others that it is not chance. What is bad on every
 * pod alike is no single pod's fault.
 */
final class Outliers {
  /** Fewer requests than this say nothing about a pod. */
  static final int ENOUGH = 10;

  /** Fewer bad ones than this may be chance. */
  private static final int BAD_LEAST = 5;

  /** How many times worse the odds must be. */
  private static final double WORSE = 4;

  private Outliers() {}

  /**
   * The bad part of what one pod did.
   *
   * @param bad how many were bad
   * @param all how many there were
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
   * The positions of the pods that are worse; none if they outnumber those that are well.
   *
   * @param pods the part of each pod
   * @param many the share that is too much for one pod
   * @param usual the share that is not too much for the others together
   * @param sure by how many standard deviations a pod must be worse
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
