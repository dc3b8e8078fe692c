package dev.usher.ops;

import dev.usher.provision.floor.FloorBoard;
import dev.usher.provision.floor.FloorNews;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The metrics of the floor that Usher raises, where it may. */
final class FloorMeters {
  private final MeterRegistry registry;
  private final LongSupplier clock;

  FloorMeters(MeterRegistry registry, LongSupplier clock) {
    this.registry = registry;
    this.clock = clock;
  }

  void register(FloorBoard floor) {
    gauge(
        floor,
        "usher_floor_pods",
        "Pods below which Usher lets the upstream not fall; 0 while it has raised nothing",
        news -> news.raised() ? news.floor() : 0);
    gauge(
        floor,
        "usher_floor_trouble",
        "1 while the floor does not stand as it should: the log says why and what to do",
        news -> news.trouble() == null ? 0 : 1);
  }

  private void gauge(
      FloorBoard floor, String name, String description, ToDoubleFunction<FloorNews> value) {
    Gauge.builder(name, floor, board -> known(board, value))
        .strongReference(true)
        .tag("upstream", floor.upstream())
        .description(description)
        .register(registry);
  }

  /** The value, or NaN if unknown or not asked for. */
  private double known(FloorBoard floor, ToDoubleFunction<FloorNews> value) {
    FloorNews news = floor.told(clock.getAsLong());
    return news == null ? Double.NaN : value.applyAsDouble(news);
  }
}
