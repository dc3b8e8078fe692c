package dev.usher.sim.crowd;

/** How much of the capacity is used, in the mean. */
final class Use {
  private double ofSpared;
  private double ofAll;
  private int count;

  void add(double sessions, double bearable, double spare) {
    ofAll += sessions / bearable;
    ofSpared += sessions / bearable / spare;
    count++;
  }

  double ofSpared() {
    return count == 0 ? Double.NaN : ofSpared / count;
  }

  double ofAll() {
    return count == 0 ? Double.NaN : ofAll / count;
  }
}
