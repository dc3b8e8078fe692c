package dev.usher.provision;

import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one event, and when. Times are in milliseconds since 1970.
 *
 * @param event the event
 * @param phase its phase
 * @param pods pods that are asked for, or will be; 0 while it is not known what a pod bears, and
 *     once it is over
 * @param raiseAt when they will be asked for, or the last of them were; 0 if they are not, or that
 *     is not known, and once it is over
 * @param readyAt when they are expected to be ready; 0 once they are, if they are not asked for,
 *     and once it is over
 * @param terms what the pods were worked out from; null where the file says how many, and once it
 *     is over
 * @param podMinutes what it costs, from the asking until the last pod is given up
 * @param warnings what may go wrong
 */
public record SalePlan(
    SaleEvent event,
    Phase phase,
    int pods,
    long raiseAt,
    long readyAt,
    @Nullable Terms terms,
    long podMinutes,
    List<PlanWarning> warnings) {
  /**
   * The terms of the formula.
   *
   * @param visitors people who come
   * @param withinSeconds time in which everyone should be in
   * @param sessionSeconds length of a session
   * @param assumed whether that is assumed, as none was measured
   * @param sessionsPerPod sessions of one warm pod
   * @param trust the part of that which is believed
   * @param sessions sessions that the pods bear together
   */
  public record Terms(
      long visitors,
      double withinSeconds,
      double sessionSeconds,
      boolean assumed,
      double sessionsPerPod,
      double trust,
      double sessions) {}

  public SalePlan {
    warnings = List.copyOf(warnings);
  }

  /** What is left to say of an event that is over. */
  static SalePlan over(SaleEvent event, List<PlanWarning> warnings) {
    return new SalePlan(event, Phase.DONE, 0, 0, 0, null, 0, warnings);
  }

  /** Whether it will have its pods for its opening, as far as is known. */
  public boolean isReadyInTime() {
    return warnings.stream().noneMatch(PlanWarning::unready);
  }

  /** The same with these warnings more. */
  public SalePlan with(List<PlanWarning> more) {
    List<PlanWarning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new SalePlan(event, phase, pods, raiseAt, readyAt, terms, podMinutes, all);
  }
}
