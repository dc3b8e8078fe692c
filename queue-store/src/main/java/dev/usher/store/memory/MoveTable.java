package dev.usher.store.memory;

import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.Moves;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which places of the rooms of one upstream are in another browser, inside the process. */
final class MoveTable {
  private final Map<String, OfLine> lines = new HashMap<>();

  /** Where a place is, and the sequence number of the move that took it there. */
  private record Held(int generation, String by, long sequence) {}

  /** The moves of one epoch; of the room's earlier ones nobody asks any more. */
  private static final class OfLine {
    final long epoch;
    final Map<Long, Held> places = new HashMap<>();
    final NavigableMap<Long, Long> inOrder = new TreeMap<>();
    long count;

    OfLine(long epoch) {
      this.epoch = epoch;
    }

    OfLine(OfLine other) {
      this(other.epoch);
      places.putAll(other.places);
      inOrder.putAll(other.inOrder);
      count = other.count;
    }
  }

  void become(MoveTable other) {
    other.lines.forEach((room, line) -> lines.put(room, new OfLine(line)));
  }

  private OfLine of(String room, long epoch) {
    OfLine line = lines.get(room);
    if (line == null || line.epoch != epoch) {
      line = new OfLine(epoch);
      lines.put(room, line);
    }
    return line;
  }

  /** How many moves there were in this epoch. */
  long count(String room, long epoch) {
    OfLine line = lines.get(room);
    return line == null || line.epoch != epoch ? 0 : line.count;
  }

  MoveStore.Outcome move(RoomEpoch room, Move move) {
    int number = (int) move.number();
    if (room.epoch != move.epoch()) {
      return MoveStore.Outcome.OVER;
    }
    OfLine line = of(move.room(), move.epoch());
    Held held = line.places.get(move.number());
    if (held != null && held.generation() == move.generation()) {
      // Its answer may have been lost.
      boolean again = !move.by().isEmpty() && held.by().equals(move.by());
      return again ? MoveStore.Outcome.MOVED : MoveStore.Outcome.USED;
    }
    if (room.left.get(number)) {
      return MoveStore.Outcome.OVER;
    }
    if (room.claimed.get(number)) {
      return MoveStore.Outcome.INSIDE;
    }
    if (held != null && held.generation() > move.generation()) {
      return MoveStore.Outcome.USED;
    }
    if (held == null && line.places.size() >= MoveStore.MOVED_MAX) {
      return MoveStore.Outcome.FULL;
    }
    if (held != null) {
      line.inOrder.remove(held.sequence());
    }
    line.count++;
    line.places.put(move.number(), new Held(move.generation(), move.by(), line.count));
    line.inOrder.put(line.count, move.number());
    return MoveStore.Outcome.MOVED;
  }

  Moves moves(Moves.Since since) {
    OfLine line = lines.get(since.room());
    if (line == null || line.epoch != since.epoch()) {
      return new Moves(0, Map.of());
    }
    long after = since.known() > line.count ? 0 : since.known();
    Map<Long, Integer> generations = new HashMap<>();
    long upTo = line.count;
    Iterator<Map.Entry<Long, Long>> news = line.inOrder.tailMap(after, false).entrySet().iterator();
    while (news.hasNext() && generations.size() < MoveStore.TOLD_MAX) {
      Map.Entry<Long, Long> each = news.next();
      Held held = line.places.get(each.getValue());
      generations.put(each.getValue(), held == null ? 0 : held.generation());
      upTo = news.hasNext() ? each.getKey() : line.count;
    }
    return new Moves(upTo, generations);
  }
}
