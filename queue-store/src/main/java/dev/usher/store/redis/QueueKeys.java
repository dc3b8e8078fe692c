package dev.usher.store.redis;

import dev.usher.store.Queue;
import dev.usher.store.upstream.LiveStore;
import java.util.List;

/**
 * The names of one queue's keys. All keys of an upstream share a hash tag, so that they lie on one
 * node of a cluster: one atomic step must see all its sessions.
 */
final class QueueKeys {
  private final String pool;
  private final String first;
  private final String turns;
  private final String room;

  QueueKeys(Queue queue) {
    this.pool = pool(queue.upstream());
    this.first = first(queue.upstream());
    this.turns = turns(queue.upstream());
    this.room = "usher:{" + queue.upstream() + "}:" + queue.room() + ":";
  }

  static String pool(String upstream) {
    return "usher:{" + upstream + "}:pool";
  }

  static String first(String upstream) {
    return "usher:{" + upstream + "}:first";
  }

  static String turns(String upstream) {
    return "usher:{" + upstream + "}:turns";
  }

  static String slots(String upstream) {
    return "usher:{" + upstream + "}:slots";
  }

  static String proven(String upstream) {
    return "usher:{" + upstream + "}:proven";
  }

  static String warm(String upstream) {
    return "usher:{" + upstream + "}:warm";
  }

  static String notes(String upstream) {
    return "usher:{" + upstream + "}:notes";
  }

  static String live(String upstream) {
    return "usher:{" + upstream + "}:live";
  }

  static String record(String upstream, LiveStore.Annals annals) {
    String name =
        switch (annals) {
          case CHANGES -> "record";
          case ENDINGS -> "endings";
        };
    return "usher:{" + upstream + "}:" + name;
  }

  static String state(String upstream, String room) {
    return "usher:{" + upstream + "}:" + room + ":state";
  }

  String pool() {
    return pool;
  }

  String first() {
    return first;
  }

  String turns() {
    return turns;
  }

  String state() {
    return room + "state";
  }

  String scratch() {
    return room + "scratch";
  }

  String standby() {
    return room + "standby";
  }

  /** What this replica asked for and was given last. */
  String block(int replica) {
    return room + "block:" + Integer.toHexString(replica);
  }

  /** Keys of one epoch and lane of a room. */
  static InEpoch in(String upstream, String room, long epoch, int lane) {
    return new InEpoch("usher:{" + upstream + "}:" + room + ":", ":" + epoch + ":" + lane);
  }

  /** Keys of one epoch and lane. */
  InEpoch in(long epoch, int lane) {
    return new InEpoch(room, ":" + epoch + ":" + lane);
  }

  /** Keys of one epoch and lane of the room. */
  static final class InEpoch {
    private final String room;
    private final String at;

    private InEpoch(String room, String at) {
      this.room = room;
      this.at = at;
    }

    String offers() {
      return room + "offers" + at;
    }

    String asking() {
      return room + "asking" + at;
    }

    /** Where the moved places are. */
    String moved() {
      return room + "moved" + at;
    }

    /** The moved places in the order of their moves. */
    String moves() {
      return room + "moves" + at;
    }

    String enlisted() {
      return room + "enlisted" + at;
    }

    /** A bitmap: joined, claimed, left, waiting, inside, kept, there or asks. */
    String bits(String what, int chunk) {
      return room + what + at + ":" + chunk;
    }

    /** A bitmap of one window of time: wait or in. */
    String window(String what, long window, int chunk) {
      return room + what + at + ":" + window + ":" + chunk;
    }

    /** All bitmaps of a chunk, as merge.lua names them. */
    void addAll(int chunk, View view, ScriptArguments ask) {
      for (String what :
          List.of("joined", "claimed", "left", "waiting", "inside", "kept", "there")) {
        ask.key(what, bits(what, chunk));
      }
      for (int back = 0; back < Queue.PRESENCE_WINDOWS; back++) {
        ask.key("wait_" + back, window("wait", view.presenceWindow() - back, chunk));
      }
      for (int back = 0; back < Queue.SESSION_WINDOWS; back++) {
        ask.key("in_" + back, window("in", view.sessionWindow() - back, chunk));
      }
      ask.key("asks", bits("asks", chunk));
    }
  }
}
