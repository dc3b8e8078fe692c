package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.redis.link.ScriptReply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a replica believes of a queue, so that it can name the keys a script needs. Every script
 * compares it with what is true, and answers with the present view.
 *
 * @param epoch the queue's epoch
 * @param issued the last number given
 * @param called numbers up to here may come in
 * @param low the lowest chunk in which anybody is left
 * @param presenceWindow the current window of waiting visitors' presence
 * @param sessionWindow the current window of sessions' presence
 * @param older epochs that are over, but not their sessions
 * @param recovery what the store has lost and got back
 */
record View(
    long epoch,
    long issued,
    long called,
    int low,
    long presenceWindow,
    long sessionWindow,
    List<OldEpoch> older,
    Line.Recovery recovery) {

  /** An epoch that is over, with the chunks its sessions lie in. */
  record OldEpoch(long epoch, int low, int high) {}

  /** Before the first answer: no script takes it for true. */
  static final View NONE = new View(0, 0, 0, 0, 0, 0, List.of(), Line.Recovery.NONE);

  /** The present view of the queue, the second item of every answer that has one. */
  static View in(ScriptReply answer) {
    return of(answer.list(1));
  }

  static View of(ScriptReply told) {
    List<OldEpoch> older = new ArrayList<>();
    String list = told.word(6);
    if (!list.isEmpty()) {
      for (String word : list.split(" ", -1)) {
        String[] parts = word.split("/", -1);
        older.add(
            new OldEpoch(
                Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
      }
    }
    return new View(
        told.number(0),
        told.number(1),
        told.number(2),
        told.count(3),
        told.number(4),
        told.number(5),
        List.copyOf(older),
        new Line.Recovery(
            told.number(7),
            told.number(8),
            told.number(9),
            told.number(10) > 0,
            told.number(11) > 0));
  }

  /** Whether visitors stand by for a number. */
  boolean standby() {
    return recovery.standby();
  }

  /** Numbers from the lowest chunk in which anybody is left to the last one given. */
  long span() {
    return issued - (long) low * Bits.CHUNK;
  }

  /** The chunk that the last number lies in. */
  int high() {
    return Bits.chunkOf(issued);
  }

  /** The chunk that the next number will lie in. */
  int next() {
    return Bits.chunkOf(issued + 1);
  }

  /** The older epochs as the scripts write them. */
  String olderWords() {
    return older.stream()
        .map(old -> old.epoch() + "/" + old.low() + "/" + old.high())
        .collect(Collectors.joining(" "));
  }
}
