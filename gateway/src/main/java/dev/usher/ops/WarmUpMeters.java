package dev.usher.ops;

import dev.usher.pods.warm.WarmUp;
import dev.usher.pods.warm.WarmUpView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The metrics of the calls by which this replica warms the pods of an upstream. */
final class WarmUpMeters {
  private final MeterRegistry registry;

  WarmUpMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void register(String upstream, WarmUp warmUp) {
    Gauge.builder("usher_warm_up_pods", warmUp, calls -> calls.view().called().size())
        .strongReference(true)
        .tag("upstream", upstream)
        .description("Pods that this replica calls to warm them")
        .register(registry);
    Gauge.builder("usher_warm_up_failing_paths", warmUp, calls -> calls.view().failing().size())
        .strongReference(true)
        .tag("upstream", upstream)
        .description("Paths of warmUp.paths that do not work")
        .register(registry);
    calls(upstream, warmUp, "answered", WarmUpView::answered);
    calls(upstream, warmUp, "failed", WarmUpView::failed);
  }

  private void calls(
      String upstream, WarmUp warmUp, String outcome, ToDoubleFunction<WarmUpView> count) {
    FunctionCounter.builder(
            "usher_warm_up_calls", warmUp, calls -> count.applyAsDouble(calls.view()))
        .tag("upstream", upstream)
        .tag("outcome", outcome)
        .description("Calls by which this replica warmed pods")
        .register(registry);
  }
}
