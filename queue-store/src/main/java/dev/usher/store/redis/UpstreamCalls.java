package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is asked of an upstream as a whole: who leads it, and what its pods have proven. */
final class UpstreamCalls {
  private final RedisLink link;
  private final String replica;
  private final LongSupplier offset;

  UpstreamCalls(RedisLink link, String replica, LongSupplier offset) {
    this.link = link;
    this.replica = replica;
    this.offset = offset;
  }

  Future<Lease> lead(String upstream, Duration term) {
    return link.run(
            Scripts.LEAD,
            List.of(QueueKeys.pool(upstream)),
            List.of(offset.getAsLong(), replica, term.toMillis()))
        .map(r -> new Lease(upstream, r.number(1)));
  }

  Future<Set<String>> proven(String upstream, @Nullable String version) {
    return link.run(
            Scripts.PROVEN,
            List.of(QueueKeys.proven(upstream)),
            List.of(offset.getAsLong(), version == null ? "" : version))
        .map(UpstreamCalls::versions);
  }

  private static Set<String> versions(ScriptReply r) {
    Set<String> versions = new HashSet<>();
    for (int i = 1; i < r.size(); i++) {
      versions.add(r.word(i));
    }
    return Set.copyOf(versions);
  }
}
