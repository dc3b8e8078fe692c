package dev.usher.sim.crowd;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.time.Chance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends crowds on their way. */
public final class Crowds {
  private Crowds() {}

  /** Each visitor comes at their own time; they are numbered in order of time. */
  public static void send(Scene scene, List<Crowd> crowds, double opening, Chance chance) {
    Chance times = chance.of("times");
    record Coming(double at, int room) {}
    List<Coming> all = new ArrayList<>();
    for (Crowd crowd : crowds) {
      for (int i = 0; i < crowd.visitors(); i++) {
        double at = opening + crowd.from() + times.between(0, crowd.over());
        all.add(new Coming(at, crowd.room()));
      }
    }
    Collections.sort(all, (a, b) -> Double.compare(a.at(), b.at()));
    for (int i = 0; i < all.size(); i++) {
      Guest guest = new Guest(scene, new Caller(i, all.get(i).room()), chance.of(i));
      scene.timeline().after(all.get(i).at(), guest::arrive);
    }
  }
}
