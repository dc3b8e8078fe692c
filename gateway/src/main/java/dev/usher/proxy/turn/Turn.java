package dev.usher.proxy.turn;

import dev.usher.pods.StickySession;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.room.Spared;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request among those of the same visitor: on its way, or waiting until enough others are done.
 * Confined to its event loop, but for what {@link Turns} does.
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

  /** The pod as the session's pass says; of no session that stays anywhere without one. */
  private long hint;

  private boolean stays;
  private long went;
  private boolean inVain;

  // From here on, of Turns, which touches the last two within its steps only.
  Turns.@Nullable Line line;
  Turns.Asked asked = Turns.Asked.REFUSED;
  boolean othersWait;
  boolean going;
  boolean stream;

  /**
   * @param who whose request it is, as a key
   * @param most how many of them may be on their way, by how many slots the upstream has now
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
   * The turn of a request of a session: no session has more than a tenth of the slots.
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

  /** The same, of a session that is on this pod, as its pass says; 0 for none. */
  public Turn from(long pod) {
    hint = pod;
    return this;
  }

  @Override
  public long pod() {
    // Requests that are on their way already know better than a pass that came by now.
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

  /** Where the request went, if its session stays there; 0 if it does not. */
  public long went() {
    return stays ? went : 0;
  }

  @Override
  public void inVain() {
    inVain = true;
  }

  /** Whether it waited for the pod of its session until it was too late. */
  public boolean waitedInVain() {
    return inVain;
  }

  /**
   * The turn of a request of nobody in particular: all that are like it have a tenth of the slots.
   *
   * @param what they are
   */
  static Turn ofAll(Turns turns, Object what) {
    Turn all = new Turn(turns, what, Turn::tenth, 1);
    all.shared = true;
    return all;
  }

  /**
   * The turn of a request that only one of its kind may be: the others wait for it, and go if it
   * came to nothing.
   *
   * @param over whether one of them was it
   */
  public static Turn ofOne(Turns turns, Object what, BooleanSupplier over) {
    Turn one = new Turn(turns, what, slots -> 1, 1);
    one.spent = over;
    return one;
  }

  /** Whether it has come for nothing: another has done what the request was to do. */
  public boolean isSpent() {
    return spent.getAsBoolean();
  }

  static int tenth(int slots) {
    return slots / 10;
  }

  /** The same, of a request that then waits for this one too. */
  Turn before(Turn other) {
    next = other;
    return this;
  }

  /** What the request asks for when this turn has come; null for nothing more. */
  @Nullable
  public Turn next() {
    return next;
  }

  /**
   * The turn of this request's body, where it is read before the request has its own; null where it
   * is nobody's in particular, or one who drips would be in the way of all.
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
   * @param slotsNow how many slots the upstream has, asked only when it matters
   * @param whenItComes told on any thread, if the request must wait
   */
  public Turns.Asked ask(int now, IntSupplier slotsNow, Runnable whenItComes) {
    slots = slotsNow;
    came = whenItComes;
    since = now;
    return turns.ask(this);
  }

  /** Whether the visitor's line has not moved for so many ticks. */
  public boolean isStuck(int now, int limit) {
    int moves = line == null ? 0 : line.moves.get();
    if (moves != movesSeen) {
      movesSeen = moves;
      since = now;
    }
    return now - since > limit;
  }

  /** The request is over, on its way or not. */
  public void end() {
    turns.end(this);
    if (next != null && next.line != null) {
      next.end();
    }
  }

  /** What the visitor is told if the wait was in vain. */
  public ProxyError refusal() {
    return turns.refusal();
  }

  Object who() {
    return who;
  }

  /** The same, which never waits: what would have made it wait is counted; null to have it wait. */
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

  /** Whether there may be one stream more than these: what is no stream needs a way, too. */
  boolean mayStream(int others) {
    int all = slots == null ? 0 : most.applyAsInt(slots.getAsInt());
    return others < Math.max(fewest - 1, all - Math.max(1, all / 5));
  }

  /** The request is a stream. Returns whether its visitor may have one more. */
  public boolean streams() {
    return turns.stream(this) && (next == null || next.streams());
  }

  void come() {
    if (came != null) {
      came.run();
    }
  }
}
