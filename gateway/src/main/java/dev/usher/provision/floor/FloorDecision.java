package dev.usher.provision.floor;

import dev.usher.provision.floor.FloorNote.Size;
import dev.usher.provision.floor.FloorNote.State;
import dev.usher.provision.floor.FloorStep.Release;
import dev.usher.provision.floor.FloorStep.Rest;
import dev.usher.provision.floor.FloorStep.Write;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The decision what is to be done with an object, from what is wanted and what it says now, and
 * from nothing else: so whoever looks next goes on wherever the last one stopped.
 */
final class FloorDecision {
  /** Time between two steps downwards, and how much of the floor each takes. */
  static final Duration STEP = Duration.ofMinutes(1);

  private static final int STEP_PART = 10;

  /** How often within this time the old value may come back before Usher stops writing. */
  static final Duration FIGHT = Duration.ofMinutes(5);

  private static final int PUT_BACK_MOST = 2;

  private final Wanted wanted;
  private final Live live;
  private final FloorTurn turn;

  private FloorDecision(Wanted wanted, Live live, FloorTurn turn) {
    this.wanted = wanted;
    this.live = live;
    this.turn = turn;
  }

  static FloorStep of(Wanted wanted, Live live, FloorTurn turn) {
    FloorDecision decision = new FloorDecision(wanted, live, turn);
    FloorNote note = live.note();
    if (note != null) {
      return decision.goOn(note);
    }
    return live.hasNote() ? new Rest(FloorStanding.NOTE_UNREADABLE) : decision.begin();
  }

  /** Gives back at once whatever any Usher raised, for who takes Usher away. */
  static FloorStep giveBack(Live live, long now) {
    FloorNote note = live.note();
    if (note == null) {
      return new Rest(live.hasNote() ? FloorStanding.NOTE_UNREADABLE : FloorStanding.ENOUGH);
    }
    FloorTurn turn = new FloorTurn(note.by().usher(), note.by().upstream(), note.by().fence(), now);
    FloorDecision decision = new FloorDecision(Wanted.NOTHING, live, turn);
    return decision.end(note);
  }

  private FloorStep begin() {
    if (wanted.pods() <= live.floor()) {
      return new Rest(FloorStanding.ENOUGH);
    }
    if (!wanted.begins()) {
      return new Rest(FloorStanding.PATIENT);
    }
    if (!live.ushers().isEmpty()) {
      return new Rest(FloorStanding.NOTE_LOST);
    }
    int reach = Math.min(wanted.pods(), limit());
    return reach <= live.floor()
        ? new Rest(FloorStanding.AT_LIMIT)
        : raise(reach, new Size(live.min(), live.max()), new JsonObject(), List.of());
  }

  /** The limit up to which the floor may go: what the operator allowed goes above the object's. */
  private int limit() {
    return Math.max(live.limit(), wanted.most());
  }

  private FloorStep goOn(FloorNote note) {
    if (!note.by().usher().equals(turn.usher())) {
      return new Rest(FloorStanding.OF_ANOTHER);
    }
    if (!note.by().upstream().equals(turn.upstream())) {
      return share(note);
    }
    // Terms are counted for each upstream, so those of two say nothing of which is the later.
    if (note.by().fence() > turn.fence()) {
      return new Rest(FloorStanding.OUTRUN);
    }
    return switch (note.state()) {
      case RETURNING -> end(note);
      case STANDS -> wantsNothing(note) ? end(note) : new Rest(FloorStanding.CHANGED_BY_OTHERS);
      case FOUGHT -> wantsNothing(note) ? end(note) : new Rest(FloorStanding.PUT_BACK_AGAIN);
      case RAISED -> isAsSet(note) ? follow(note) : changed(note);
    };
  }

  /**
   * What another upstream of this Usher has raised, because it has the same pods. Who raises it
   * last has it, and alone may lower or end it: so the larger of both floors stays, and where one
   * lowers it below the other's, that one raises it again and has it from then on.
   */
  private FloorStep share(FloorNote note) {
    if (wanted.pods() <= live.floor()) {
      return new Rest(FloorStanding.SHARED);
    }
    return switch (note.state()) {
      case RETURNING -> new Rest(FloorStanding.GIVING_BACK);
      case STANDS -> new Rest(FloorStanding.CHANGED_BY_OTHERS);
      case FOUGHT -> new Rest(FloorStanding.PUT_BACK_AGAIN);
      case RAISED -> isAsSet(note) ? raiseShared(note) : new Rest(FloorStanding.SHARED);
    };
  }

  private FloorStep raiseShared(FloorNote note) {
    if (!wanted.begins()) {
      return new Rest(FloorStanding.PATIENT);
    }
    int reach = Math.min(wanted.pods(), limit());
    return reach <= live.floor()
        ? new Rest(FloorStanding.AT_LIMIT)
        : raise(reach, note.was(), note.owners(), note.putBack());
  }

  private boolean wantsNothing(FloorNote note) {
    return wanted.pods() <= live.effective(note.was().min());
  }

  private boolean isAsSet(FloorNote note) {
    return Objects.equals(live.min(), note.set().min());
  }

  /** Whether the limit is one that Usher set, and nobody has changed since. */
  private boolean hasOurLimit(FloorNote note) {
    Integer max = note.set().max();
    return max != null && max.equals(live.max());
  }

  private FloorStep follow(FloorNote note) {
    int set = live.floor();
    int reach = Math.min(wanted.pods(), limit());
    if (reach > set) {
      return raise(reach, note.was(), note.owners(), note.putBack());
    }
    int least = Math.max(reach, live.effective(note.was().min()));
    if (least == set) {
      return new Rest(wanted.pods() > set ? FloorStanding.AT_LIMIT : FloorStanding.RAISED);
    }
    long since = turn.now() - note.times().wrote();
    // A clock that was set back must not hold it up for ever.
    if (Math.abs(since) < STEP.toMillis()) {
      return new Rest(FloorStanding.LOWERING);
    }
    int next = Math.max(least, set - Math.max(1, set / STEP_PART));
    return next > live.effective(note.was().min()) ? lower(next, note) : end(note);
  }

  private FloorStep changed(FloorNote note) {
    if (wantsNothing(note)) {
      return end(note);
    }
    if (!Objects.equals(live.min(), note.was().min())) {
      return new Write(new JsonObject(), note.as(State.STANDS), FloorStanding.CHANGED_BY_OTHERS);
    }
    List<Long> moments = new ArrayList<>(note.putBack());
    moments.removeIf(at -> Math.abs(turn.now() - at) > FIGHT.toMillis());
    moments.add(turn.now());
    String rival = Ownership.names(live.managedFields(), live.fields().min());
    if (moments.size() > PUT_BACK_MOST) {
      FloorNote fought = note.putBackBy(rival, moments).as(State.FOUGHT);
      return new Write(new JsonObject(), fought, FloorStanding.PUT_BACK_AGAIN);
    }
    int reach = Math.min(wanted.pods(), limit());
    return reach <= live.floor()
        ? new Rest(FloorStanding.AT_LIMIT)
        : raise(reach, note.was(), note.owners(), moments);
  }

  private FloorStep raise(int pods, Size was, JsonObject owners, List<Long> putBack) {
    JsonObject spec = new JsonObject().put(live.fields().min(), pods);
    FloorNote before = live.note();
    // A limit that somebody else has set since is what to give back.
    boolean ours = before != null && hasOurLimit(before);
    Integer max = ours ? live.max() : null;
    Size original = ours ? was : new Size(was.min(), live.max());
    String limit = live.fields().max();
    if (limit != null && pods > live.limit()) {
      max = pods;
      spec.put(limit, pods);
    }
    JsonObject all = owners.copy();
    for (String field : spec.fieldNames()) {
      // Who wrote it since has it now; where nobody did it is Usher's, and they are known.
      var others = Ownership.others(live.managedFields(), field);
      if (!others.isEmpty() || !all.containsKey(field)) {
        all.put(field, others);
      }
    }
    FloorNote note =
        new FloorNote(
            new FloorNote.By(turn.usher(), turn.upstream(), turn.fence()),
            State.RAISED,
            original,
            new Size(pods, max),
            times(turn.now()),
            putBack,
            before == null ? "" : before.rival(),
            all);
    return new Write(
        spec, note, pods < wanted.pods() ? FloorStanding.AT_LIMIT : FloorStanding.RAISED);
  }

  private FloorStep lower(int pods, FloorNote note) {
    FloorNote lowered =
        new FloorNote(
            new FloorNote.By(turn.usher(), note.by().upstream(), turn.fence()),
            State.RAISED,
            note.was(),
            new Size(pods, note.set().max()),
            times(note.times().raised()),
            note.putBack(),
            note.rival(),
            note.owners());
    return new Write(
        new JsonObject().put(live.fields().min(), pods), lowered, FloorStanding.LOWERING);
  }

  private FloorNote.Times times(long raised) {
    return new FloorNote.Times(turn.now(), raised, wanted.plan().until(), wanted.plan().why());
  }

  /**
   * Gives back whatever is still as Usher set it, field by field, in two requests: the values, and
   * then the fields' owners, whereby the annotation goes. Who changes a value owns it, so not both
   * at once.
   */
  private FloorStep end(FloorNote note) {
    JsonObject spec = new JsonObject();
    String limit = live.fields().max();
    boolean returned = note.state() == State.RETURNING;
    boolean ourFloor = note.state() == State.RAISED && isAsSet(note);
    boolean ourLimit = !returned && hasOurLimit(note);
    int floor = ourFloor ? live.effective(note.was().min()) : live.floor();
    // An object whose floor is above its limit would be refused.
    boolean limitStays = ourLimit && floor > live.effectiveLimit(note.was().max());
    if (ourFloor) {
      spec.put(live.fields().min(), note.was().min());
    }
    if (limit != null && ourLimit && !limitStays) {
      spec.put(limit, note.was().max());
    }
    return spec.isEmpty()
        ? new Release(Ownership.givenBack(live.managedFields(), note.owners()), limitStays)
        : new Write(spec, note.as(State.RETURNING), FloorStanding.GIVING_BACK);
  }
}
