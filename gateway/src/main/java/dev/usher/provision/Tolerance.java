package dev.usher.provision;

/**
 * What must be told so that an autoscaler adds the pods that are wanted. Kubernetes' does nothing
 * while the number it is told is within a tenth of the current one: from 28 pods it never makes 30.
 */
final class Tolerance {
  private Tolerance() {}

  /**
   * The number to tell: the wanted one or, while there are fewer pods, the least number that is
   * more than a tenth above the current one, if that is more.
   *
   * @param known pods that exist, ready or not
   */
  static int said(int wanted, int known) {
    return known < wanted ? Math.max(wanted, 11 * known / 10 + 1) : wanted;
  }
}
