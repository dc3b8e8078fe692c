package dev.usher.ops;

import dev.usher.proxy.ProxyObserver;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.words.EnumWords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meter of the requests proxied to one upstream. On the path of every request, so every meter
 * exists beforehand: an array read and a count, and no name is looked up.
 */
final class ProxyMeter implements ProxyObserver {
  /** From the time of a cached page to the longest that anybody waits. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private static final int CLASSES = 5;

  /** By the first digit of the status, less one. */
  private final Timer[] durations = new Timer[CLASSES];

  private final Map<ProxyError, Counter> errors;
  private final Map<ProxyError, Counter> retries;
  private final Counter addressMinutes;

  ProxyMeter(MeterRegistry registry, String upstream) {
    for (int i = 0; i < CLASSES; i++) {
      durations[i] =
          Timer.builder("usher_request_duration_seconds")
              .tags("upstream", upstream, "status", (i + 1) + "xx")
              .description("Proxied requests, from their head to the end of the answer")
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
    }
    addressMinutes = addressMinutes(registry, upstream);
    errors =
        byCause(
            cause ->
                Counter.builder("usher_proxy_errors_total")
                    .tags("upstream", upstream, "cause", EnumWords.lower(cause))
                    .description("Requests that no pod answered as it should, by cause")
                    .register(registry));
    retries =
        byCause(
            cause ->
                Counter.builder("usher_retries_total")
                    .tags("upstream", upstream, "cause", EnumWords.lower(cause))
                    .description("Requests tried once more on another pod, by cause")
                    .register(registry));
  }

  private static Counter addressMinutes(MeterRegistry registry, String upstream) {
    return Counter.builder("usher_address_carries_much_total")
        .tags("upstream", upstream)
        .description("Times that one unlisted address carried over a third of a minute's requests")
        .register(registry);
  }

  private static Map<ProxyError, Counter> byCause(Function<ProxyError, Counter> counter) {
    Map<ProxyError, Counter> counters = new EnumMap<>(ProxyError.class);
    for (ProxyError cause : ProxyError.values()) {
      counters.put(cause, counter.apply(cause));
    }
    return counters;
  }

  @Override
  public void finished(int status, long nanos, @Nullable ProxyError error) {
    // Anything beyond 599 is not a status; RFC 9110 has it treated as 5xx.
    int kind = Math.max(0, Math.min(status / 100 - 1, CLASSES - 1));
    durations[kind].record(nanos, TimeUnit.NANOSECONDS);
    if (error != null) {
      count(errors, error);
    }
  }

  @Override
  public void retried(ProxyError error) {
    count(retries, error);
  }

  @Override
  public void addressCarriesMuch() {
    addressMinutes.increment();
  }

  private static void count(Map<ProxyError, Counter> counters, ProxyError cause) {
    Counter counter = counters.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
