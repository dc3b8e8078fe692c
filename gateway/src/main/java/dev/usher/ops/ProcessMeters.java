package dev.usher.ops;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The metrics of the process itself: memory, collections, processors, files. */
final class ProcessMeters {
  private ProcessMeters() {}

  static void register(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder(
            "jvm_threads_live_threads",
            ManagementFactory.getThreadMXBean(),
            threads -> threads.getThreadCount())
        .strongReference(true)
        .description("Live threads")
        .register(registry);
    String version = ProcessMeters.class.getPackage().getImplementationVersion();
    // The last word of the name makes it one of those that Prometheus joins with others.
    Gauge.builder("usher.build.info", () -> 1)
        .tag("version", version == null ? "unknown" : version)
        .tag("java", Runtime.version().toString())
        .description("Which Usher this is; always 1")
        .register(registry);
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionTimer.builder(
              "jvm_gc_collection_seconds",
              gc,
              GarbageCollectorMXBean::getCollectionCount,
              GarbageCollectorMXBean::getCollectionTime,
              TimeUnit.MILLISECONDS)
          .tag("gc", gc.getName())
          .description("Garbage collections and the time they took")
          .register(registry);
    }
  }
}
