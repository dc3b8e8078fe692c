package dev.usher.provision;

import dev.usher.provision.SalePlanner.Sight;
import dev.usher.provision.SaleSchedule.Need;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What may go wrong with one event, each with the remedy.
 *
 * @param planner the planner of its upstream
 * @param event the event
 * @param all the events of the upstream
 */
record PlanWarnings(SalePlanner planner, SaleEvent event, List<SaleEvent> all) {
  private static final Duration LATE_A_LITTLE = Duration.ofMinutes(1);

  /**
   * The pods of an event, as far as they have come.
   *
   * @param sight what is seen of the upstream
   * @param pods pods that are asked for, or will be
   * @param readyAt when they are expected to be ready, in milliseconds since 1970; 0 if they are,
   *     or that is not known
   */
  record Muster(Sight sight, int pods, long readyAt) {
    private boolean isMissing() {
      return !sight.isEnough(pods);
    }

    private boolean isOverdue() {
      return isMissing() && readyAt < sight.now();
    }
  }

  /**
   * The warnings.
   *
   * @param wanted pods that it needs, whatever may be asked for at most
   * @param muster its pods
   */
  List<PlanWarning> of(Phase phase, int wanted, Muster muster) {
    List<PlanWarning> found = new ArrayList<>(clocks());
    if (phase == Phase.LATE) {
      found.add(
          PlanWarning.unready(
              "its opening was found more than ten minutes late, so no pods are asked for it"
                  + " blindly: people are let in at what is ready, and those who wait have pods"
                  + " asked for. To have it raised, set opensAt to a time that is to come"));
    }
    if (phase == Phase.OPEN && muster.isMissing()) {
      found.add(missing(muster, ", so people wait longer than was planned"));
    } else if (phase == Phase.RAISING && muster.isOverdue()) {
      found.add(missing(muster, ", though all were expected at " + time(muster.readyAt())));
    } else if (phase == Phase.PLANNED || phase == Phase.RAISING) {
      tooLate(found, muster.readyAt());
    }
    tooFew(found, wanted);
    overlaps().map(PlanWarning::note).forEach(found::add);
    keptOut().map(PlanWarning::note).forEach(found::add);
    return found;
  }

  /** The warnings once it is over. */
  List<PlanWarning> over() {
    return all.stream().allMatch(each -> each.opensAtMillis() <= event.opensAtMillis())
        ? List.of(
            PlanWarning.note(
                "no later event is in the file, so no pods are asked for: correct its opensAt, or"
                    + " add the next event"))
        : List.of();
  }

  private List<PlanWarning> clocks() {
    return Stream.of(event.times().preQueueAt(), event.times().opensAt(), event.times().closesAt())
        .filter(Objects::nonNull)
        .map(SaleTime::twice)
        .filter(Objects::nonNull)
        .map(PlanWarning::note)
        .toList();
  }

  private void tooLate(List<PlanWarning> found, long readyAt) {
    long late = readyAt - event.readyAtMillis();
    if (late > LATE_A_LITTLE.toMillis()) {
      boolean after = readyAt > event.opensAtMillis();
      found.add(
          new PlanWarning(
              after,
              "its pods are expected to be ready at "
                  + time(readyAt)
                  + ", "
                  + (after
                      ? "after the opening: people are let in at what is ready; ask for it earlier"
                          + " the next time"
                      : "before the opening, though later than readyBefore asks for")));
    }
  }

  private static PlanWarning missing(Muster muster, String what) {
    return PlanWarning.unready(
        "%d of its %d pods are ready".formatted(muster.sight().ready(), muster.pods())
            + what
            + ": usher check --kubernetes tells what may keep the others");
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis / 1000 * 1000);
  }

  /** Its pods should have been asked for before now, and it is not known whether they were. */
  PlanWarning past(long now) {
    Need need = planner.need(event);
    return PlanWarning.note(
        "its pods should have been asked for at %s, and a file does not tell whether they were:"
                .formatted(time(need.raiseAt()))
            + " /api/events on the ops port does. Asked for only now, they would be ready at "
            + time(now + planner.lead(need.pods()).toMillis()));
  }

  private void tooFew(List<PlanWarning> found, int wanted) {
    Scaling scaling = planner.sizing().scaling();
    if (wanted == 0) {
      found.add(
          PlanWarning.unready(
              "how many pods its visitors need is not known, for nothing says yet how many sessions"
                  + " a pod bears: declare "
                  + setting("sessionsPerPod")
                  + ", or say replicas"));
    }
    if (scaling.max() != Scaling.UNBOUNDED && wanted > scaling.max()) {
      found.add(
          PlanWarning.unready(
              "it needs %d pods and %s is %d: raise it, and the limit of the autoscaler, or people"
                      .formatted(wanted, setting("scaling.max"), scaling.max())
                  + " wait longer"));
    }
    Duration longest = planner.leads().longest();
    if (longest.compareTo(scaling.podStart()) > 0) {
      found.add(
          PlanWarning.note(
              "pods took up to %d s until they were ready and %s says %d s: the plan goes by what"
                      .formatted(
                          longest.toSeconds(),
                          setting("scaling.podStart"),
                          scaling.podStart().toSeconds())
                  + " was measured; set it to "
                  + (longest.toSeconds() + 1)
                  + "s"));
    }
  }

  private String setting(String key) {
    return "upstreams." + planner.upstream() + "." + key;
  }

  /** Others whose pods are wanted at the same time, as far as the file tells. */
  private Stream<String> overlaps() {
    return all.stream()
        .filter(other -> !other.equals(event) && begins(other) < ends(event))
        .filter(other -> begins(event) < ends(other))
        .map(
            other ->
                "overlaps with "
                    + other.key()
                    + ": the larger number of pods is asked for, not the sum; if both crowds come"
                    + " at once, say so in one of them");
  }

  /**
   * Others whose crowd may still wait when people gather for this one, and then nobody comes in.
   */
  private Stream<String> keptOut() {
    SaleTime gathers = event.times().preQueueAt();
    if (gathers == null) {
      return Stream.of();
    }
    return all.stream()
        .filter(other -> other.room().equals(event.room()))
        .filter(other -> other.opensAtMillis() < gathers.millis())
        .filter(other -> gathers.millis() < ends(other) + other.holdAfterEmpty().toMillis())
        .filter(other -> gathers.millis() < other.times().endsAtMillis())
        .map(
            other ->
                "people gather for it from "
                    + gathers
                    + " on and nobody comes in meanwhile, not even those who still wait for "
                    + other.key()
                    + ": set preQueueAt later");
  }

  private long begins(SaleEvent event) {
    return planner.need(event).raiseAt();
  }

  private long ends(SaleEvent event) {
    long closes = event.times().endsAtMillis();
    Duration within = event.size().within();
    Duration in = within == null ? planner.sizing().scaling().within() : within;
    return Math.min(closes, event.opensAtMillis() + in.toMillis());
  }
}
