package dev.usher.plan;

import dev.usher.provision.LeadTimes;
import dev.usher.provision.SaleBook;
import dev.usher.provision.SalePlan;
import java.util.List;

/**
 * The plans of one upstream.
 *
 * @param upstream its name
 * @param plans the plan of each event
 * @param growths how long its pods took, the oldest first
 */
public record Plans(String upstream, List<SalePlan> plans, List<LeadTimes.Growth> growths) {
  /** Those of a running upstream. */
  public static Plans of(String upstream, SaleBook sales) {
    return new Plans(upstream, sales.plans(), sales.growths());
  }

  /** Whether every event will have its pods for its opening, as far as is known. */
  public boolean areReadyInTime() {
    return plans.stream().allMatch(SalePlan::isReadyInTime);
  }
}
