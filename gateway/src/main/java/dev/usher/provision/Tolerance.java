package dev.usher.provision;

/**
 * What must be said so that an autoscaler adds the pods that are wanted. The one of Kubernetes does
 * nothing while what it is told is within a tenth of what there is: of 28 pods it never makes 30.
 */
final class Tolerance {
  private Tolerance() {}

  /**
   * The number to say: the wanted one, or while fewer pods are there the least that is more than a
   * tenth above what there is, if that is more.
   *
   * @param known pods there are, ready or not
   */
  static int said(int wanted, int known) {
    return known < wanted ? Math.max(wanted, 11 * known / 10 + 1) : wanted;
  }
}
