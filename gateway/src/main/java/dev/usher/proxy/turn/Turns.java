package dev.usher.proxy.turn;

import dev.usher.proxy.connection.ProxyError;
import dev.usher.room.Spared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The turns of requests: how many of one visitor's are on their way at once. Requests beyond that
 * wait here, each visitor's in a line of its own, and hold no slot and no place in the upstream's
 * queue, so nobody can take what others need. Shared by the event loops.
 *
 * <p>A visitor is known here only while one of their requests is on its way. Everything that
 * changes a visitor's line does so within a step of the map on their key, which is short and
 * exclusive.
 */
public final class Turns {
  /** Requests that any visitor may have on their way, whatever the upstream bears. */
  static final int FEWEST = 2;

  /** Limit on waiting requests: as many as one HTTP/2 connection may ask for at once. */
  public static final int WAITING_MAX = 256;

  private final Map<Object, Line> lines = new ConcurrentHashMap<>();
  private final int waitingMax;
  private final ProxyError refusal;

  /** The outcome when a request asks for its turn. */
  public enum Asked {
    /** It may go at once. */
    GOES,
    /** It waits, and is told later. */
    WAITS,
    /** Too many wait already. */
    REFUSED
  }

  /** One visitor's requests. */
  static final class Line {
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int going;
    private int streams;

    /** The pod that the session's requests go to; 0 while unknown. */
    final AtomicLong pod = new AtomicLong();

    /** How many waiting requests were let go, so that the others see that the line moves. */
    final AtomicInteger moves = new AtomicInteger();
  }

  /** The turns of sessions. */
  public Turns() {
    this(WAITING_MAX, ProxyError.TOO_MANY_AT_ONCE);
  }

  /**
   * @param waitingMax requests that may wait in one line
   * @param refusal the error for a request that did not get its turn
   */
  Turns(int waitingMax, ProxyError refusal) {
    this.waitingMax = waitingMax;
    this.refusal = refusal;
  }

  /** The error for a request that did not get its turn. */
  ProxyError refusal() {
    return refusal;
  }

  /** How many small bodies of one visitor are held at once before their requests go to a pod. */
  public int bodiesMax() {
    return waitingMax / 8;
  }

  /** The counter for a request that would have had to wait but never does. */
  Spared.What spares() {
    return switch (refusal) {
      case TOO_MANY_FROM_ADDRESS -> Spared.What.TOO_MANY_FROM_ADDRESS;
      case TOO_MANY_STRANGERS -> Spared.What.TOO_MANY_STRANGERS;
      default -> Spared.What.TOO_MANY_AT_ONCE;
    };
  }

  /** Asks for the turn of a request. One that waits is told later, on any thread. */
  Asked ask(Turn turn) {
    Line mine =
        lines.compute(
            turn.who(),
            (who, known) -> {
              Line line = known == null ? new Line() : known;
              if (line.waiting.isEmpty() && turn.fits(line.going)) {
                line.going++;
                turn.going = true;
                turn.asked = Asked.GOES;
              } else if (line.waiting.size() < waitingMax) {
                line.waiting.addLast(turn);
                turn.asked = Asked.WAITS;
              } else {
                turn.asked = Asked.REFUSED;
              }
              return line;
            });
    turn.line = mine;
    return turn.asked;
  }

  /** Notes that the request is a stream. Returns whether its visitor may have one more. */
  boolean stream(Turn turn) {
    lines.computeIfPresent(
        turn.who(),
        (who, line) -> {
          if (turn.going && !turn.stream && turn.mayStream(line.streams)) {
            turn.stream = true;
            line.streams++;
          }
          return line;
        });
    return turn.stream;
  }

  /** Ends a turn: the request is over, or no longer waits. */
  void end(Turn turn) {
    Line left =
        lines.computeIfPresent(
            turn.who(),
            (who, line) -> {
              if (turn.going) {
                turn.going = false;
                line.going--;
                line.streams -= turn.stream ? 1 : 0;
              } else {
                line.waiting.remove(turn);
              }
              turn.othersWait = !line.waiting.isEmpty();
              return line.going == 0 && !turn.othersWait ? null : line;
            });
    if (left != null && turn.othersWait) {
      serve(turn.who());
    }
  }

  /** Lets waiting requests go that now may, first come first served. */
  private void serve(Object visitor) {
    for (Turn next = next(visitor); next != null; next = next(visitor)) {
      // Outside the step, because what the request does next is not ours.
      next.come();
    }
  }

  private @Nullable Turn next(Object visitor) {
    List<Turn> let = new ArrayList<>(1);
    lines.computeIfPresent(
        visitor,
        (who, line) -> {
          Turn first = line.waiting.peekFirst();
          if (first != null && first.fits(line.going)) {
            line.waiting.removeFirst();
            line.going++;
            line.moves.incrementAndGet();
            first.going = true;
            let.add(first);
          }
          return line;
        });
    return let.isEmpty() ? null : let.get(0);
  }

  /** Visitors with a request on its way. */
  public int visitors() {
    return lines.size();
  }
}
