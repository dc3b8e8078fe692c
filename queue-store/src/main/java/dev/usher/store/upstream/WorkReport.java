package dev.usher.store.upstream;

import java.util.Map;

/**
 * What one replica saw of its upstream's pods since it last said so.
 *
 * @param byPod by the pod's name; pods of which there is nothing new may be left out
 * @param learnt what the leader has learnt, in words of its own; of others it is not noted
 */
public record WorkReport(Map<String, Did> byPod, String learnt) {
  public WorkReport {
    byPod.forEach(
        (pod, did) -> {
          check("pod", pod);
          check("life", did.life());
        });
    if (learnt.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("learnt must have no line break but was " + learnt);
    }
    byPod = Map.copyOf(byPod);
  }

  /** Names stand beside figures in the store's text. */
  private static void check(String what, String name) {
    if (name.chars().anyMatch(c -> c <= ' ' || c == '|')) {
      throw new IllegalArgumentException(
          "A " + what + " must have no space and no | but was \"" + name + "\"");
    }
  }

  /**
   * One pod.
   *
   * @param life which life of which pod this is; "" while only probes say how it stands
   * @param heard since when the life lasts that this replica heard of last, as the store said; 0
   *     for none
   * @param next whether that life was seen to end here, so that this is a later one
   * @param age milliseconds since it became ready
   * @param answers requests it answered to this replica since the last report
   * @param late of these, those that took longer than a pod that is well
   * @param failed requests it failed since then
   * @param known answers that the store knew of last, for a store that has lost them
   * @param warmth what is known of it, 0 to 1; of a pod that the store knows only the leader's word
   *     counts
   */
  public record Did(
      String life,
      long heard,
      boolean next,
      long age,
      long answers,
      long late,
      long failed,
      long known,
      double warmth) {
    public Did {
      if (age < 0 || answers < 0 || late < 0 || failed < 0 || known < 0) {
        throw new IllegalArgumentException(
            "age, answers, late, failed and known must be at least 0 but were "
                + (age + ", " + answers + ", " + late + ", " + failed + ", " + known));
      }
      if (!(warmth >= 0 && warmth <= 1)) {
        throw new IllegalArgumentException("warmth must be from 0 to 1 but was " + warmth);
      }
    }
  }
}
