package dev.usher.provision;

import dev.usher.provision.PlanWarnings.Muster;
import dev.usher.provision.SaleSchedule.Need;
import dev.usher.provision.SaleStage.Phase;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out the plans of one upstream's events: the same on every replica and for {@code usher
 * plan}, from what the operator set and what is known.
 *
 * @param upstream its name
 * @param sizing what the operator set
 * @param means what pods bear: what was measured, else what is declared; null while neither is
 *     known
 * @param leads how long pods took
 */
public record SalePlanner(String upstream, Sizing sizing, @Nullable Means means, LeadTimes leads) {
  private static final double MINUTE_MILLIS = 60_000;

  /** With less than this part of the planned pods, people wait longer than was planned. */
  private static final double ENOUGH = 0.95;

  /**
   * What is seen of the upstream at a moment.
   *
   * @param now milliseconds since 1970
   * @param ready pods that are ready
   * @param stages the stages of those events that have begun
   */
  record Sight(long now, int ready, List<SaleStage> stages) {
    /** Whether about as many pods are ready as are wanted. */
    boolean isEnough(int pods) {
      return ready >= ENOUGH * pods;
    }
  }

  /** With what was measured, or null before anything was. */
  public SalePlanner {
    means = means == null ? Means.declared(sizing) : means;
  }

  /** The planner that knows only what the file says. */
  public static SalePlanner declared(String upstream, Sizing sizing) {
    return new SalePlanner(upstream, sizing, null, new LeadTimes());
  }

  /** What an event needs. */
  Need need(SaleEvent event) {
    int pods = sizing.scaling().clamp(pods(event.size()));
    return new Need(pods, event.readyAtMillis() - lead(pods).toMillis());
  }

  private int pods(Size size) {
    return size.replicas() > 0 || means == null ? size.replicas() : means.pods(size);
  }

  /** The time from asking for the pods until they are ready, from the fewest that there may be. */
  Duration lead(int pods) {
    return leads.toGrow(Math.max(1, sizing.scaling().min()), pods, sizing.scaling().podStart());
  }

  /** The plans of these events, in the order of their openings. */
  List<SalePlan> plans(List<SaleEvent> events, Sight sight) {
    Map<String, SaleStage> byKey =
        sight.stages().stream()
            .collect(Collectors.toMap(SaleStage::key, Function.identity(), (one, two) -> two));
    return events.stream()
        .sorted(Comparator.comparingLong(SaleEvent::opensAtMillis))
        .map(event -> plan(event, events, stage(event, byKey.get(event.key()), sight.now()), sight))
        .toList();
  }

  /**
   * The plans of these events for whoever has only the file, and so does not know whether pods that
   * should have been asked for by now were.
   *
   * @param now milliseconds since 1970
   */
  public List<SalePlan> unwatched(List<SaleEvent> events, long now) {
    return plans(events, new Sight(now, 0, List.of())).stream()
        .map(plan -> plan.phase() == Phase.DONE ? plan : unwatched(plan.event(), events, now))
        .toList();
  }

  private SalePlan unwatched(SaleEvent event, List<SaleEvent> all, long now) {
    long raiseAt = need(event).raiseAt();
    Sight sight = new Sight(Math.min(now, raiseAt), 0, List.of());
    SalePlan due = plan(event, all, SaleStage.planned(event.key()), sight);
    return now <= raiseAt ? due : due.with(List.of(new PlanWarnings(this, event, all).past(now)));
  }

  /** The stage of an event; of one of which nothing is written, that which it would be given. */
  private static SaleStage stage(SaleEvent event, @Nullable SaleStage written, long now) {
    if (written != null) {
      return written;
    }
    boolean over =
        now - event.opensAtMillis() > SaleSchedule.LATE_MILLIS
            || now >= event.times().endsAtMillis();
    return over
        ? SaleStage.planned(event.key()).in(Phase.DONE, 0, now)
        : SaleStage.planned(event.key());
  }

  // Rule zero: an event, those beside it, where it stands and what is seen; no two belong together.
  private SalePlan plan(SaleEvent event, List<SaleEvent> all, SaleStage stage, Sight sight) {
    PlanWarnings warnings = new PlanWarnings(this, event, all);
    if (stage.phase() == Phase.DONE) {
      return SalePlan.over(event, warnings.over());
    }
    Need need = need(event);
    boolean toCome = isToCome(event, stage, sight.now());
    int pods = toCome || stage.phase() == Phase.LATE ? need.pods() : stage.pods();
    long raiseAt = toCome ? Math.max(need.raiseAt(), sight.now()) : stage.askedAt();
    long readyAt =
        toCome && sight.now() < need.raiseAt()
            ? raiseAt + lead(pods).toMillis()
            : toCome || stage.wantsPods() ? readyAt(raiseAt, pods, sight) : 0;
    int most = Math.max(need.pods(), stage.pods());
    return new SalePlan(
        event,
        stage.phase(),
        pods,
        raiseAt,
        readyAt,
        terms(event.size(), most),
        podMinutes(event, most, raiseAt == 0 ? need.raiseAt() : raiseAt),
        warnings.of(stage.phase(), pods(event.size()), new Muster(sight, pods, readyAt)));
  }

  /**
   * Whether its pods are still to be asked for: for the first time, or as it was put off, again.
   */
  private static boolean isToCome(SaleEvent event, SaleStage stage, long now) {
    return switch (stage.phase()) {
      case PLANNED -> true;
      case LOWERING -> now < event.opensAtMillis();
      case RAISING, OPEN, LATE, DONE -> false;
    };
  }

  /**
   * When pods that were asked for then will be ready, now that there are so many; 0 if they are, or
   * if it is not known when that was. Until they are asked for nobody goes by this: what is there
   * in the morning may be gone by the evening.
   */
  private long readyAt(long askedAt, int pods, Sight sight) {
    if (askedAt == 0 || sight.isEnough(pods)) {
      return 0;
    }
    Duration left = leads.toGrow(sight.ready(), pods, sizing.scaling().podStart());
    return Math.min(askedAt + lead(pods).toMillis(), sight.now() + left.toMillis());
  }

  private SalePlan.@Nullable Terms terms(Size size, int pods) {
    if (size.visitors() == 0 || means == null) {
      return null;
    }
    return new SalePlan.Terms(
        size.visitors(),
        means.within(size).toMillis() / 1000.0,
        means.sessionSeconds(),
        means.isAssumed(),
        means.strength().sessions(),
        means.strength().trust(),
        means.strength().bears(pods));
  }

  /**
   * Until everyone is in, and the pods that were kept are given up. Where the file says how many
   * pods, the crowd is taken to be what they bear.
   */
  private long podMinutes(SaleEvent event, int pods, long raiseAt) {
    double in = sizing.scaling().within().toMillis();
    if (means != null && event.size().visitors() > 0) {
      in = 1000 * means.throughSeconds(event.size().visitors(), pods);
    }
    double ends = event.opensAtMillis() + in + event.holdAfterEmpty().toMillis();
    double until = Math.min(ends, (double) event.times().endsAtMillis());
    double minutes = pods * (until - raiseAt) / MINUTE_MILLIS;
    for (int left = pods; left > 0; left = SaleSchedule.fewer(left, event.scaleIn())) {
      minutes += left;
    }
    return Math.round(minutes);
  }

  /**
   * Seconds for which everyone waits longer because fewer pods are ready than are planned; infinite
   * if none is.
   */
  double extraWaitSeconds(SaleEvent event, int pods, int ready) {
    Means known = means;
    if (known == null || ready >= pods) {
      return 0;
    }
    Size size = event.size();
    double within = known.within(size).toMillis() / 1000.0;
    double crowd =
        size.visitors() > 0
            ? size.visitors()
            : known.strength().bears(pods) * (1 + within / known.sessionSeconds());
    return known.throughSeconds((long) crowd, ready) - known.throughSeconds((long) crowd, pods);
  }
}
