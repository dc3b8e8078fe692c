package dev.usher.faults;

import dev.usher.visit.Diary;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** All that was told, seen and broken in one run. Safe for any thread. */
final class History {
  private final Time time;
  private final Diary diary;
  private final Map<String, Use> uses = new ConcurrentHashMap<>();
  private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final Queue<Crowding> crowdings = new ConcurrentLinkedQueue<>();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final Queue<Figure> figures = new ConcurrentLinkedQueue<>();

  History(Time time) {
    this.time = time;
    this.diary = new Diary(time::now);
  }

  /** From a session's first request at any pod to the end of its last. */
  record Use(long from, long to) {}

  /** A fault from its beginning to its end, in milliseconds since the start of the run. */
  record Trouble(Fault fault, Fault.Harm harm, long from, long to) {
    /** Whether this replica did not run then, or shortly before. */
    boolean downs(int replica, long moment, long grace) {
      return harm.down().contains(replica) && moment >= from - grace && moment <= to + grace;
    }

    /** Whether this replica could not know then what the others knew. */
    boolean blinds(int replica, long moment, long grace) {
      return downs(replica, moment, grace)
          || (harm.blind().contains(replica) && moment >= from && moment <= to + grace);
    }
  }

  /** A pod had so many requests in flight, more than its cap. */
  record Crowding(long at, int inFlight) {}

  /** What the operators' port of a replica said at a moment. */
  record Figure(int replica, long at, long sessions, long capacity, boolean leads, long waiting) {}

  Time time() {
    return time;
  }

  /** What visitors were told. */
  Diary diary() {
    return diary;
  }

  /** A pod works for this session now. */
  void used(String session) {
    long now = time.now();
    uses.merge(session, new Use(now, now), (known, again) -> new Use(known.from(), now));
  }

  /** A pod has so many requests in flight now, one more than before. */
  void pod(int inFlight, int cap) {
    mostInFlight.accumulateAndGet(inFlight, Math::max);
    if (inFlight > cap) {
      crowdings.add(new Crowding(time.now(), inFlight));
    }
  }

  void trouble(Trouble over) {
    troubles.add(over);
  }

  void figure(Figure said) {
    figures.add(said);
  }

  Map<String, Use> uses() {
    return Map.copyOf(uses);
  }

  List<Trouble> troubles() {
    return List.copyOf(troubles);
  }

  /** When a pod had more requests in flight than its cap. */
  List<Crowding> crowdings() {
    return List.copyOf(crowdings);
  }

  /** The most that any had, from all replicas together. */
  int mostInFlight() {
    return mostInFlight.get();
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }
}
