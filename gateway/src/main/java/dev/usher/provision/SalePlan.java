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
 * @param pods pods that it needs; 0 while it is not known what a pod bears
 * @param raiseAt when they are asked for
 * @param readyAt when they are expected to be ready
 * @param terms what the pods were worked out from; null where the file says how many
 * @param podMinutes what it costs, from the asking until the last pod is given up
 * @param warnings what may go wrong, a sentence each
 */
public record SalePlan(
    SaleEvent event,
    Phase phase,
    int pods,
    long raiseAt,
    long readyAt,
    @Nullable Terms terms,
    long podMinutes,
    List<String> warnings) {
  /**
   * The terms of the formula.
   *
   * @param visitors people who come
   * @param withinSeconds time in which everyone should be in
   * @param sessionSeconds length of a session
   * @param sessionsPerPod sessions of one warm pod
   * @param trust the part of that which is believed
   * @param sessions sessions that the pods bear together
   */
  public record Terms(
      long visitors,
      double withinSeconds,
      double sessionSeconds,
      double sessionsPerPod,
      double trust,
      double sessions) {}

  public SalePlan {
    warnings = List.copyOf(warnings);
  }

  /** The same with these warnings more. */
  public SalePlan with(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new SalePlan(event, phase, pods, raiseAt, readyAt, terms, podMinutes, all);
  }
}
