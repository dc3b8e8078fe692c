package dev.usher.sim.crowd;

import dev.usher.forecast.KeptWaits;
import dev.usher.sim.gate.SimRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What happened to the visitors, as counted by them and not by a gate. */
public final class Ledger {
  private static final long MICROS_MAX = 60_000_000;

  private final Map<SimRequest.End, Integer> ends = new EnumMap<>(SimRequest.End.class);
  private final Histogram responses = new Histogram(MICROS_MAX, 2);
  private final Histogram watched = new Histogram(MICROS_MAX, 2);
  private final KeptWaits waits = new KeptWaits();
  private double watchFrom = Double.POSITIVE_INFINITY;
  private double watchUntil;
  private final List<Admission> admissions = new ArrayList<>();
  private int arrived;
  private int inside;
  private int atDoor;
  private int lost;
  private int settled;
  private int served;
  private int leftTheLine;
  private int unsafeFailed;

  /** Who came in when, and when they had arrived at the door. */
  public record Admission(int visitor, int room, double arrivedAt, double admittedAt) {}

  /** Looks at the responses to requests of this time alone, too. */
  public void watch(double from, double until) {
    watchFrom = from;
    watchUntil = until;
  }

  /** What became of the waits that visitors were told of. */
  public KeptWaits waits() {
    return waits;
  }

  void arrives() {
    arrived++;
    atDoor++;
  }

  void admitted(Admission admission) {
    admissions.add(admission);
    atDoor--;
    inside++;
  }

  /** The place of a session has become free. */
  void placeFreed() {
    inside--;
  }

  void lostAtDoor() {
    lost++;
    atDoor--;
    settled++;
  }

  void lostInside() {
    lost++;
    settled++;
  }

  void goneFromDoor() {
    atDoor--;
    settled++;
    leftTheLine++;
  }

  void done() {
    served++;
    settled++;
  }

  void answered(SimRequest request, SimRequest.End end, double now) {
    ends.merge(end, 1, Integer::sum);
    if (end == SimRequest.End.ANSWERED) {
      long micros = Math.round((now - request.askedAt()) * 1e6);
      responses.recordValue(Math.min(MICROS_MAX, Math.max(0, micros)));
      if (request.askedAt() >= watchFrom && request.askedAt() < watchUntil) {
        watched.recordValue(Math.min(MICROS_MAX, Math.max(0, micros)));
      }
    } else if (!request.safe() && end == SimRequest.End.FAILED) {
      unsafeFailed++;
    }
  }

  /** Answers of this kind that visitors received. */
  public int ends(SimRequest.End end) {
    return ends.getOrDefault(end, 0);
  }

  /** Pages served. */
  public int pages() {
    return ends(SimRequest.End.ANSWERED);
  }

  /** Answers that were not a page. */
  public int errors() {
    int errors = 0;
    for (Map.Entry<SimRequest.End, Integer> each : ends.entrySet()) {
      errors += each.getKey() == SimRequest.End.ANSWERED ? 0 : each.getValue();
    }
    return errors;
  }

  /**
   * Requests that failed on a pod and could not be retried on another, because they were not safe.
   */
  public int unsafeFailed() {
    return unsafeFailed;
  }

  public double responseSeconds(double percentile) {
    return responses.getValueAtPercentile(percentile) / 1e6;
  }

  /** The same of the time that was watched. */
  public double watchedSeconds(double percentile) {
    return watched.getValueAtPercentile(percentile) / 1e6;
  }

  /** In order of time. */
  public List<Admission> admissions() {
    return List.copyOf(admissions);
  }

  /** Places held, including those of silent sessions that have not expired yet. */
  public int inside() {
    return inside;
  }

  /** Visitors who have come, are not inside, and have not gone. */
  public int atDoor() {
    return atDoor;
  }

  public int arrived() {
    return arrived;
  }

  /** Visitors who gave up because of failures. */
  public int lost() {
    return lost;
  }

  /** Visitors who got every page they came for. */
  public int served() {
    return served;
  }

  /** Visitors who went of their own will before they were let in. */
  public int leftTheLine() {
    return leftTheLine;
  }

  /** Visitors who will do nothing more. */
  public int settled() {
    return settled;
  }
}
