package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.Slots;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How replicas share the slots of an upstream's pods. */
final class SlotCalls {
  /** Stands for a replica's grant when it has none; no pod is called so. */
  private static final String NO_GRANT = "-";

  /** Where the holders begin in an answer, and how many words each has. */
  private static final int HOLDERS = 8;

  private static final int HOLDER_WORDS = 3;

  /** Where in a report it is told how much stays. */
  private static final int STAYS = 6;

  private final RedisLink link;
  private final String replica;
  private final LongSupplier offset;

  /** Of this replica's reports; one that Redis reads after a later one changes nothing. */
  private final AtomicLong sequence = new AtomicLong();

  SlotCalls(RedisLink link, String replica, LongSupplier offset) {
    this.link = link;
    this.replica = replica;
    this.offset = offset;
  }

  private static List<String> keys(String upstream) {
    return List.of(QueueKeys.pool(upstream), QueueKeys.slots(upstream));
  }

  Future<Sharing> share(Lease lease, SlotReport report) {
    ScriptArguments ask =
        new ScriptArguments(keys(lease.upstream()))
            .with(offset.getAsLong(), replica, lease.fence(), sequence.incrementAndGet())
            .with(report.life(), report.version())
            .with(report.quarantine().toMillis(), report.demand(), report.held().text())
            .with(report.stays().lasting().text(), report.stays().leftText());
    return link.run(Scripts.SHARE, ask.keys(), ask.arguments()).map(SlotCalls::sharing);
  }

  private static Sharing sharing(ScriptReply r) {
    String granted = r.word(6);
    List<Sharing.Holder> holders = new ArrayList<>();
    for (int i = HOLDERS; i < r.size(); i += HOLDER_WORDS) {
      holders.add(holder(r.word(i), r.word(i + 1), r.word(i + 2)));
    }
    return new Sharing(
        r.number(1),
        r.number(2),
        r.number(3),
        r.count(4) == 1,
        r.count(5),
        NO_GRANT.equals(granted) ? null : Slots.parse(granted),
        holders,
        r.number(7));
  }

  /**
   * Its report is: time, sequence, quarantine, demand, held, told, lasting, left; see share.lua. A
   * replica of an earlier version does not tell the last two.
   */
  private static Sharing.Holder holder(String name, String report, String granted) {
    String[] words = report.split("\\|", -1);
    return new Sharing.Holder(
        name,
        Long.parseLong(words[0]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Slots.parse(words[4]).max(Slots.parse(words[5])),
        NO_GRANT.equals(granted) ? Slots.NONE : Slots.parse(granted),
        words.length > STAYS + 1
            ? SlotDecay.parse(words[STAYS], words[STAYS + 1])
            : SlotDecay.UNKNOWN);
  }

  Future<Long> grant(Lease lease, Grants grants) {
    Sharing basis = grants.basis();
    ScriptArguments ask =
        new ScriptArguments(keys(lease.upstream()))
            .with(offset.getAsLong(), lease.fence(), basis.life(), basis.version())
            .with(grants.replicas(), grants.slots().size());
    grants.slots().forEach((name, slots) -> ask.with(name, slots.text()));
    grants.forgotten().forEach((name, at) -> ask.with(name, at));
    return link.run(Scripts.GRANT, ask.keys(), ask.arguments()).map(r -> r.number(1));
  }

  Future<Void> giveUp(String upstream, SlotReport last) {
    ScriptArguments ask =
        new ScriptArguments(List.of(QueueKeys.slots(upstream)))
            .with(offset.getAsLong(), replica, sequence.incrementAndGet())
            .with(last.quarantine().toMillis(), last.held().text());
    return link.run(Scripts.GIVE_UP, ask.keys(), ask.arguments()).mapEmpty();
  }
}
