package dev.usher.proxy.turn;

import dev.usher.pods.StickySession;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.room.Spared;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one request among those of the same visitor: on its way, or waiting until enough
 * others are done. Confined to its event loop, except for what {@link Turns} does.
 */
public final class Turn implements StickySession {
  private final Turns turns;
  private final Object who;
  private final IntUnaryOperator most;
  private final int fewest;
  private boolean shared;
  private @Nullable Turn next;
  private BooleanSupplier spent = () -> false;
  private @Nullable Spared spared;
  private @Nullable IntSupplier slots;
  private @Nullable Runnable came;
  private int movesSeen;
  private int since;

  /** The pod that the session's pass names. */
  private long hint;

  private boolean stays;
  private long went;
  private boolean inVain;

  // From here on for Turns, which touches the last two only within its steps.
  Turns.@Nullable Line line;
  Turns.Asked asked = Turns.Asked.REFUSED;
  boolean othersWait;
  boolean going;
  boolean stream;

  /**
   * @param who the key of the visitor
   * @param most how many of the visitor's requests may be on their way, by the number of slots that
   *     the upstream has now
   */
  Turn(Turns turns, Object who, IntUnaryOperator most) {
    this(turns, who, most, Turns.FEWEST);
  }

  private Turn(Turns turns, Object who, IntUnaryOperator most, int fewest) {
    this.turns = turns;
    this.who = who;
    this.most = most;
    this.fewest = fewest;
  }

  /**
   * The turn of a request of a session; no session has more than a tenth of the slots.
   *
   * @param place the session
   * @param inFlight most of its requests at once
   */
  public static Turn ofSession(Turns turns, Object place, int inFlight) {
    Turn turn = new Turn(turns, place, slots -> Math.min(inFlight, tenth(slots)));
    turn.stays = true;
    return turn;
  }

  /** The turn of a request that waits for no other. */
  public static Turn free(Turns turns) {
    return new Turn(turns, new Object(), slots -> Integer.MAX_VALUE);
  }

  /** Sets the pod that the session is on by its pass; 0 for none. */
  public Turn from(long pod) {
    hint = pod;
    return this;
  }

  @Override
  public long pod() {
    // Requests that are already on their way know better than a pass that came meanwhile.
    long others = stays && line != null ? line.pod.get() : 0;
    return others == 0 ? hint : others;
  }

  @Override
  public void goesTo(long pod) {
    went = pod;
    if (stays && line != null) {
      line.pod.set(pod);
    }
  }

  /** The pod that the request went to, if its session stays there; else 0. */
  public long went() {
    return stays ? went : 0;
  }

  @Override
  public void inVain() {
    inVain = true;
  }

  /** Whether the request waited for the pod of its session until it was too late. */
  public boolean waitedInVain() {
    return inVain;
  }

  /**
   * The turn of a request without a visitor: all requests like it have a tenth of the slots.
   *
   * @param what what they have in common
   */
  static Turn ofAll(Turns turns, Object what) {
    Turn all = new Turn(turns, what, Turn::tenth, 1);
    all.shared = true;
    return all;
  }

  /**
   * The turn of a request of which only one may do its work: the others wait for it, and go if it
   * came to nothing.
   *
   * @param over whether one of them has done it
   */
  public static Turn ofOne(Turns turns, Object what, BooleanSupplier over) {
    Turn one = new Turn(turns, what, slots -> 1, 1);
    one.spent = over;
    return one;
  }

  /** Whether the turn has come for nothing: another request has done the work. */
  public boolean isSpent() {
    return spent.getAsBoolean();
  }

  static int tenth(int slots) {
    return slots / 10;
  }

  /** Makes the request wait for another turn after this one. */
  Turn before(Turn other) {
    next = other;
    return this;
  }

  /** The turn to ask for when this one has come; null for none. */
  @Nullable
  public Turn next() {
    return next;
  }

  /**
   * The turn of this request's body, if the body is read before the request has its own turn; null
   * for a request without a visitor, where one that drips would be in everybody's way.
   */
  @Nullable
  public Turn ofBody() {
    return shared
        ? null
        : new Turn(turns, new BodyOf(who), slots -> turns.bodiesMax()).sparing(spared);
  }

  /** The key of a visitor's bodies, which have a line of their own. */
  private record BodyOf(Object who) {}

  /**
   * Asks for the turn.
   *
   * @param now the proxy's tick
   * @param slotsNow the number of slots the upstream has, asked only when it matters
   * @param whenItComes run on any thread, if the request had to wait
   */
  public Turns.Asked ask(int now, IntSupplier slotsNow, Runnable whenItComes) {
    slots = slotsNow;
    came = whenItComes;
    since = now;
    return turns.ask(this);
  }

  /** Whether the visitor's line has not moved for this many ticks. */
  public boolean isStuck(int now, int limit) {
    int moves = line == null ? 0 : line.moves.get();
    if (moves != movesSeen) {
      movesSeen = moves;
      since = now;
    }
    return now - since > limit;
  }

  /** Ends the turn: the request is over, whether it was on its way or not. */
  public void end() {
    turns.end(this);
    if (next != null && next.line != null) {
      next.end();
    }
  }

  /** The error for a visitor who waited in vain. */
  public ProxyError refusal() {
    return turns.refusal();
  }

  Object who() {
    return who;
  }

  /** Makes the turn never wait: what would have made it wait is counted. With null it does wait. */
  public Turn sparing(@Nullable Spared count) {
    spared = count;
    if (next != null) {
      next.sparing(count);
    }
    return this;
  }

  boolean fits(int others) {
    boolean fits = others < fewest || (slots != null && others < most.applyAsInt(slots.getAsInt()));
    if (!fits && spared != null) {
      spared.count(turns.spares());
    }
    return fits || spared != null;
  }

  /** Whether one more stream is allowed: requests that are not streams need a way, too. */
  boolean mayStream(int others) {
    int all = slots == null ? 0 : most.applyAsInt(slots.getAsInt());
    return others < Math.max(fewest - 1, all - Math.max(1, all / 5));
  }

  /** Notes that the request is a stream. Returns whether its visitor may have one more. */
  public boolean streams() {
    return turns.stream(this) && (next == null || next.streams());
  }

  void come() {
    if (came != null) {
      came.run();
    }
  }
}
