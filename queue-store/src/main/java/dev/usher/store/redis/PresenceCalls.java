package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.Place;
import dev.usher.store.PresenceReport;
import dev.usher.store.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** How the store is told whom a replica saw, and asked for one who comes late. */
final class PresenceCalls {
  private PresenceCalls() {}

  static void see(Queue queue, PresenceReport seen, View view, ScriptArguments ask) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(seen.epoch(), seen.lane());
    ask.key("state", names.state()).key("scratch", names.scratch()).key("pool", names.pool());
    List<byte[]> bits = new ArrayList<>();
    addSeen(
        seen.waiting(),
        bits,
        c -> List.of(in.window("wait", view.presenceWindow(), c), in.bits("joined", c)),
        ask);
    int waiting = bits.size();
    addSeen(
        seen.inside(),
        bits,
        c ->
            List.of(
                in.window("in", view.sessionWindow(), c),
                in.bits("joined", c),
                in.bits("claimed", c)),
        ask);
    int low = seen.inside().firstChunk();
    ask.with("epoch", seen.epoch())
        .with("presence_window", view.presenceWindow())
        .with("session_window", view.sessionWindow())
        .with("waiting_chunks", waiting)
        .with("greatest_waiting", seen.waiting().greatest())
        .with("greatest_inside", seen.inside().greatest())
        .with("low_chunk", low)
        .with("high_chunk", Math.max(low, low + seen.inside().chunkCount() - 1));
    bits.forEach(each -> ask.with("bits", each));
  }

  static void stay(Queue queue, Place place, View view, ScriptArguments ask) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(place.epoch(), place.lane());
    int chunk = Bits.chunkOf(place.number());
    ask.key("state", names.state())
        .key("claimed", in.bits("claimed", chunk))
        .key("left", in.bits("left", chunk))
        .key("inside", in.bits("inside", chunk))
        .key("in_window", in.window("in", view.sessionWindow(), chunk))
        .with("session_window", view.sessionWindow())
        .with("number_text", place.number());
  }

  // Rule zero: what is told, where it is gathered, and of which keys; said twice above.
  private static void addSeen(
      Bits seen, List<byte[]> bits, IntFunction<List<String>> keys, ScriptArguments ask) {
    for (int c = seen.firstChunk(); c < seen.firstChunk() + seen.chunkCount(); c++) {
      byte[] chunk = seen.chunk(c);
      if (chunk != null) {
        keys.apply(c).forEach(key -> ask.key("bitmap", key));
        bits.add(chunk);
      }
    }
  }
}
