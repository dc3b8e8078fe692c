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

  static ScriptArguments ask(Queue queue, PresenceReport seen, View view) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(seen.epoch(), seen.lane());
    ScriptArguments ask =
        new ScriptArguments(new ArrayList<>(List.of(names.state(), names.scratch())));
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
    ask.with(seen.epoch(), view.presenceWindow(), view.sessionWindow(), waiting)
        .with(seen.waiting().greatest(), seen.inside().greatest())
        .with(low, Math.max(low, low + seen.inside().chunkCount() - 1));
    bits.forEach(ask::with);
    ask.keys().add(names.pool());
    return ask;
  }

  static ScriptArguments ask(Queue queue, Place place, View view) {
    QueueKeys names = new QueueKeys(queue);
    QueueKeys.InEpoch in = names.in(place.epoch(), place.lane());
    int chunk = Bits.chunkOf(place.number());
    return new ScriptArguments(
            List.of(
                names.state(),
                in.bits("claimed", chunk),
                in.bits("left", chunk),
                in.bits("inside", chunk),
                in.window("in", view.sessionWindow(), chunk)))
        .with(view.sessionWindow(), place.number());
  }

  // Rule zero: what is told, where it is gathered, and of which keys; said twice above.
  private static void addSeen(
      Bits seen, List<byte[]> bits, IntFunction<List<String>> keys, ScriptArguments ask) {
    for (int c = seen.firstChunk(); c < seen.firstChunk() + seen.chunkCount(); c++) {
      byte[] chunk = seen.chunk(c);
      if (chunk != null) {
        ask.keys().addAll(keys.apply(c));
        bits.add(chunk);
      }
    }
  }
}
