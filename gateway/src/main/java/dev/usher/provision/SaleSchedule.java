package dev.usher.provision;

import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The schedule of one upstream's rooms, and how many pods are wanted for it now. The number falls
 * only in steps: where two events meet or overlap nothing dips in between, and an event that
 * somebody deletes or makes smaller takes no pod away from the people who came for it.
 */
final class SaleSchedule {
  /** An opening that is found later than this is no longer carried out blindly. */
  static final long LATE_MILLIS = 600_000;

  /** An event that opened longer ago than this belongs to another day. */
  private static final long PAST_MILLIS = 86_400_000;

  private static final long MINUTE_MILLIS = 60_000;

  /**
   * Pods that are asked for are not given up again for an event that is put off by less than this,
   * nor because measurements say that they come sooner than was thought.
   */
  private static final long PUT_OFF_MILLIS = 600_000;

  /** For events that are gone from the configuration, and their own value with them. */
  private static final int SCALE_IN = 10;

  private List<SaleEvent> events;
  private Map<String, SaleStage> stages;

  /**
   * What is known at a tick.
   *
   * @param now by the store's clock, in milliseconds since 1970
   * @param waiting visitors who wait in a room, by its name
   * @param need what an event needs
   */
  record Seen(long now, ToLongFunction<String> waiting, Function<SaleEvent, Need> need) {}

  /**
   * What an event needs.
   *
   * @param pods how many pods
   * @param raiseAt when they must be asked for, in milliseconds since 1970
   */
  record Need(int pods, long raiseAt) {}

  /**
   * What is wanted.
   *
   * @param pods pods for everything that is to come or under way
   * @param until when that changes next, as far as is known, in milliseconds since 1970; 0 for
   *     never
   */
  record Wanted(int pods, long until) {}

  /** Goes on from what the last leader wrote. */
  SaleSchedule(List<SaleEvent> events, List<SaleStage> before) {
    this.events = List.copyOf(events);
    this.stages = byKey(before);
  }

  private static Map<String, SaleStage> byKey(List<SaleStage> stages) {
    return stages.stream()
        .collect(Collectors.toMap(SaleStage::key, stage -> stage, (a, b) -> b, LinkedHashMap::new));
  }

  /** Takes over changed events, from the next tick on. */
  void reconfigure(List<SaleEvent> changed) {
    events = List.copyOf(changed);
  }

  /** The stage of each event. */
  List<SaleStage> stages() {
    return List.copyOf(stages.values());
  }

  /** Moves on to this time. */
  Wanted step(Seen seen) {
    List<SaleStage> next = new ArrayList<>();
    Map<String, SaleStage> gone = new LinkedHashMap<>(stages);
    long until = Long.MAX_VALUE;
    for (SaleEvent event : events) {
      SaleStage was = gone.remove(event.key());
      SaleStage is = next(event, was == null ? SaleStage.planned(event.key()) : was, seen);
      next.add(is);
      until = Math.min(until, changesAt(event, is, seen));
    }
    for (SaleStage was : gone.values()) {
      SaleStage is = lower(was, SCALE_IN, seen.now());
      if (is.phase() == Phase.LOWERING) {
        next.add(is);
        until = Math.min(until, is.since() + MINUTE_MILLIS);
      }
    }
    stages = byKey(next);
    int pods = next.stream().mapToInt(SaleStage::pods).max().orElse(0);
    return new Wanted(pods, until == Long.MAX_VALUE ? 0 : until);
  }

  private static SaleStage next(SaleEvent event, SaleStage was, Seen seen) {
    long now = seen.now();
    return switch (was.phase()) {
      case PLANNED -> plan(event, was, seen);
      case RAISING -> {
        Need need = seen.need().apply(event);
        if (now < need.raiseAt() - PUT_OFF_MILLIS) {
          yield lower(was, event.scaleIn(), now);
        }
        // What measurements say meanwhile takes no pods away, but whoever edits the event may.
        int pods = was.isEdited(event) ? need.pods() : Math.max(was.pods(), need.pods());
        SaleStage more = pods > was.pods() ? was.in(Phase.RAISING, pods, now) : was;
        SaleStage is = more.sized(pods, event.size().word());
        yield now < event.opensAtMillis() ? is : is.in(Phase.OPEN, pods, now);
      }
      case OPEN -> open(event, was, seen);
      case LOWERING -> lowering(event, was, seen);
      case DONE, LATE -> now < event.opensAtMillis() ? SaleStage.planned(was.key()) : was;
    };
  }

  private static SaleStage plan(SaleEvent event, SaleStage was, Seen seen) {
    long now = seen.now();
    long late = now - event.opensAtMillis();
    Need need = seen.need().apply(event);
    if (now < need.raiseAt()) {
      return was;
    }
    if (now >= event.times().endsAtMillis() || late > PAST_MILLIS) {
      return was.in(Phase.DONE, 0, now);
    }
    if (late > LATE_MILLIS) {
      return was.in(Phase.LATE, 0, now);
    }
    return was.in(late < 0 ? Phase.RAISING : Phase.OPEN, need.pods(), now)
        .sized(need.pods(), event.size().word());
  }

  private static SaleStage open(SaleEvent event, SaleStage was, Seen seen) {
    long now = seen.now();
    if (now < event.opensAtMillis()) {
      return was.in(Phase.RAISING, was.pods(), now);
    }
    boolean somebody = seen.waiting().applyAsLong(event.room()) > 0;
    long empty = somebody ? 0 : was.emptySince() == 0 ? now : was.emptySince();
    boolean over = empty > 0 && now - empty >= event.holdAfterEmpty().toMillis();
    SaleStage is = resized(event, was, seen);
    if (over || now >= event.times().endsAtMillis()) {
      return lower(is, event.scaleIn(), now).empty(over ? empty : 0);
    }
    return is.empty(empty);
  }

  /**
   * An event that is put back, put off or prolonged has its pods again, unless they are given up
   * because nobody came any more.
   */
  private static SaleStage lowering(SaleEvent event, SaleStage was, Seen seen) {
    long now = seen.now();
    Need need = seen.need().apply(event);
    if (now < event.opensAtMillis()) {
      return now >= need.raiseAt()
          ? was.in(Phase.RAISING, was.pods(), now)
          : lower(was, event.scaleIn(), now);
    }
    if (was.emptySince() > 0 || now >= event.times().endsAtMillis()) {
      return lower(was, event.scaleIn(), now);
    }
    int pods = Math.max(was.pods(), need.pods());
    return was.in(Phase.OPEN, pods, now).sized(pods, event.size().word());
  }

  /** An event that was made bigger has its pods at once, and one made smaller by and by. */
  private static SaleStage resized(SaleEvent event, SaleStage was, Seen seen) {
    if (!was.isEdited(event)) {
      return was;
    }
    int need = seen.need().apply(event).pods();
    if (need < was.pods() && seen.now() - was.since() < MINUTE_MILLIS) {
      return was;
    }
    int pods = Math.max(need, fewer(was.pods(), event.scaleIn()));
    SaleStage is = was.in(Phase.OPEN, pods, seen.now());
    return pods == need ? is.sized(pods, event.size().word()) : is;
  }

  /**
   * Lowers the number by this many percent each minute, by at least one; for the first time after a
   * minute.
   */
  private static SaleStage lower(SaleStage was, int scaleIn, long now) {
    boolean raised = was.phase() == Phase.RAISING || was.phase() == Phase.OPEN;
    if (raised) {
      return was.in(Phase.LOWERING, was.pods(), now);
    }
    if (was.phase() != Phase.LOWERING) {
      return was;
    }
    if (now - was.since() < MINUTE_MILLIS) {
      return was;
    }
    int pods = fewer(was.pods(), scaleIn);
    return pods <= 0
        ? was.in(Phase.DONE, 0, now)
        : was.in(Phase.LOWERING, pods, now).empty(was.emptySince());
  }

  /** The pods of the minute after one with so many. */
  static int fewer(int pods, int scaleIn) {
    return Math.min(pods - 1, pods * (100 - scaleIn) / 100);
  }

  private static long changesAt(SaleEvent event, SaleStage is, Seen seen) {
    long ends = event.times().endsAtMillis();
    return switch (is.phase()) {
      case PLANNED -> seen.need().apply(event).raiseAt();
      case RAISING -> ends;
      case OPEN ->
          is.emptySince() == 0
              ? ends
              : Math.min(ends, is.emptySince() + event.holdAfterEmpty().toMillis());
      case LOWERING -> is.since() + MINUTE_MILLIS;
      case DONE, LATE -> Long.MAX_VALUE;
    };
  }
}
