package dev.usher.faults;

/** The visitors' way to Usher: an ingress, a network, a name. Some of them may not get through. */
final class Street {
  private static final int ALL = 100;

  private volatile int cut;

  /** From now on so many of a hundred visitors do not get through, always the same ones first. */
  void cut(int ofAHundred) {
    cut = ofAHundred;
  }

  boolean isOpenTo(int visitor) {
    return visitor * 37 % ALL >= cut;
  }
}
