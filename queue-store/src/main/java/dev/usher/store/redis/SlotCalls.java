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

  Future<Sharing> share(Lease lease, SlotReport report) {
    return new ScriptArguments(Scripts.SHARE)
        .key("pool", QueueKeys.pool(lease.upstream()))
        .key("slots", QueueKeys.slots(lease.upstream()))
        .with("offset", offset.getAsLong())
        .with("replica", replica)
        .with("fence", lease.fence())
        .with("sequence", sequence.incrementAndGet())
        .with("life_told", report.life())
        .with("version_told", report.version())
        .with("quarantine_ms", report.quarantine().toMillis())
        .with("demand", report.demand())
        .with("held", report.held().text())
        .with("lasting", report.stays().lasting().text())
        .with("left", report.stays().leftText())
        .ask(link)
        .map(SlotCalls::sharing);
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
        new ScriptArguments(Scripts.GRANT)
            .key("pool", QueueKeys.pool(lease.upstream()))
            .key("slots", QueueKeys.slots(lease.upstream()))
            .with("offset", offset.getAsLong())
            .with("fence", lease.fence())
            .with("life", basis.life())
            .with("version", basis.version())
            .with("replicas", grants.replicas())
            .with("granted", grants.slots().size());
    grants.slots().forEach((name, slots) -> ask.with("name", name).with("value", slots.text()));
    grants.forgotten().forEach((name, at) -> ask.with("name", name).with("value", at));
    return ask.ask(link).map(r -> r.number(1));
  }

  Future<Void> giveUp(String upstream, SlotReport last) {
    return new ScriptArguments(Scripts.GIVE_UP)
        .key("slots", QueueKeys.slots(upstream))
        .with("offset", offset.getAsLong())
        .with("replica", replica)
        .with("sequence", sequence.incrementAndGet())
        .with("quarantine_ms", last.quarantine().toMillis())
        .with("held", last.held().text())
        .ask(link)
        .mapEmpty();
  }
}
