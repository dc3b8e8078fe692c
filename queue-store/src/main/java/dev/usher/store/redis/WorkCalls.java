package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Work;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What replicas tell each other of the pods' work. */
final class WorkCalls {
  /** Where the pods begin in an answer. */
  private static final int PODS = 3;

  private final RedisLink link;
  private final LongSupplier offset;

  WorkCalls(RedisLink link, LongSupplier offset) {
    this.link = link;
    this.offset = offset;
  }

  Future<Works> work(Lease lease, WorkReport report) {
    ScriptArguments ask =
        new ScriptArguments(Scripts.WORK)
            .key("pool", QueueKeys.pool(lease.upstream()))
            .key("warm", QueueKeys.warm(lease.upstream()))
            .with("offset", offset.getAsLong())
            .with("fence", lease.fence())
            .with("learnt", report.learnt());
    report
        .byPod()
        .forEach(
            (pod, did) ->
                ask.with("name", pod)
                    .with("life", did.life())
                    .with("heard", did.heard())
                    .with("next", did.next() ? 1 : 0)
                    .with("age_ms", did.age())
                    .with("answers", did.answers())
                    .with("late", did.late())
                    .with("failed", did.failed())
                    .with("known", did.known())
                    .with("warmth", Double.toString(did.warmth())));
    return ask.ask(link).map(WorkCalls::works);
  }

  private static Works works(ScriptReply r) {
    Map<String, Work> byPod = new HashMap<>();
    for (int i = PODS; i + 1 < r.size(); i += 2) {
      byPod.put(r.word(i), work(r.word(i + 1)));
    }
    return new Works(byPod, r.word(2), r.number(1));
  }

  /** It is: life, since, answers, late, failed, warmth, touched; see work.lua. */
  private static Work work(String text) {
    String[] words = text.split("\\|", -1);
    return new Work(
        words[0],
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Double.parseDouble(words[5]));
  }
}
