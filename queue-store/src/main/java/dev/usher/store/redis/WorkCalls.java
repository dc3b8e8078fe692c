package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Work;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
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
        new ScriptArguments(
                List.of(QueueKeys.pool(lease.upstream()), QueueKeys.warm(lease.upstream())))
            .with(offset.getAsLong(), lease.fence(), report.learnt());
    report
        .byPod()
        .forEach(
            (pod, did) ->
                ask.with(pod, did.life(), did.witnessed() ? 1 : 0, did.age())
                    .with(did.answers(), did.late(), did.failed(), did.known())
                    .with(Double.toString(did.warmth())));
    return link.run(Scripts.WORK, ask.keys(), ask.arguments()).map(WorkCalls::works);
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
