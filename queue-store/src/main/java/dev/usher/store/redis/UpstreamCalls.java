package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Lease;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
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
    return new ScriptArguments(Scripts.LEAD)
        .key("pool", QueueKeys.pool(upstream))
        .with("offset", offset.getAsLong())
        .with("replica", replica)
        .with("term_ms", term.toMillis())
        .ask(link)
        .map(r -> new Lease(upstream, r.number(1)));
  }

  Future<Set<String>> proven(String upstream, @Nullable String version) {
    return new ScriptArguments(Scripts.PROVEN)
        .key("proven", QueueKeys.proven(upstream))
        .with("offset", offset.getAsLong())
        .with("version", version == null ? "" : version)
        .ask(link)
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
