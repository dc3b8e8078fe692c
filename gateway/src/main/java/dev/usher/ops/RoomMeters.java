package dev.usher.ops;

import dev.usher.forecast.ToldWaits;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.room.Spared;
import dev.usher.room.StoreState;
import dev.usher.store.Claim;
import dev.usher.words.EnumWords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The metrics of one room's line, and of what happened in the room, read when somebody asks. */
final class RoomMeters {
  private final MeterRegistry registry;
  private final Room room;
  private final Tags tags;

  RoomMeters(MeterRegistry registry, Room room) {
    this.registry = registry;
    this.room = room;
    this.tags = tags(room);
  }

  /** The tags that tell its meters from those of other rooms. */
  static Tags tags(Room room) {
    return Tags.of("upstream", room.policy().queue().upstream(), "room", Running.name(room));
  }

  void register() {
    registerLine();
    counter("usher_arrivals_total", "Numbers given", r -> r.counters().arrivals());
    counter(
        "usher_admitted_at_once_total",
        "Arrivals that did not wait",
        r -> r.counters().admittedAtOnce());
    counter(
        "usher_admitted_alone_total",
        "Visitors admitted while the store was away",
        r -> r.counters().admittedAlone());
    counter(
        "usher_standbys_total",
        "Arrivals when no number could be given",
        r -> r.counters().standbys());
    counter("usher_leaves_total", "Places and sessions given up", r -> r.counters().leaves());
    registerShared();
    registerSpared();
    registerWaits();
    for (Claim claim : Claim.values()) {
      FunctionCounter.builder("usher_claims_total", room, r -> r.counters().claims(claim))
          .tags(tags.and("outcome", EnumWords.lower(claim)))
          .description("Claims of called places by what became of them")
          .register(registry);
    }
    for (Decision.Why why : Decision.Why.values()) {
      FunctionCounter.builder("usher_turned_away_total", room, r -> r.counters().turnedAway(why))
          .tags(tags.and("why", EnumWords.lower(why)))
          .description("Requests that neither came in nor got a place")
          .register(registry);
    }
  }

  // A histogram of Micrometer's rounds what it is given up to whole numbers.
  private void registerWaits() {
    Map<Enum<?>, DistributionSummary> ratios = new HashMap<>();
    Map<List<Enum<?>>, Counter> outcomes = new HashMap<>();
    for (ToldWaits.Told told : ToldWaits.Told.values()) {
      Tags when = tags.and("told", EnumWords.lower(told));
      ratios.put(
          told,
          DistributionSummary.builder("usher_eta_error_ratio")
              .tags(when)
              .description("The waits that visitors were told of, as multiples of what they were")
              .register(registry));
      for (ToldWaits.Outcome outcome : ToldWaits.Outcome.values()) {
        outcomes.put(
            List.of(told, outcome),
            Counter.builder("usher_eta_checked_total")
                .tags(when.and("outcome", EnumWords.lower(outcome)))
                .description("The waits that visitors were told of, by what came of it")
                .register(registry));
      }
    }
    room.waitAnswers()
        .toldWaits()
        .observe(
            (told, ratio) -> {
              Objects.requireNonNull(ratios.get(told)).record(ratio);
              Objects.requireNonNull(outcomes.get(List.of(told, ToldWaits.Outcome.of(ratio))))
                  .increment();
            });
  }

  private void registerShared() {
    counter(
        "usher_shared_sessions_total",
        "Sessions used from more than four networks within a minute, or claimed more often",
        r -> r.counters().sightings().sessions());
    counter(
        "usher_shared_requests_total",
        "Requests from networks beyond the four of their sessions",
        r -> r.counters().sightings().requests());
    counter(
        "usher_shared_claims_total",
        "Claims of one ticket beyond four within a minute",
        r -> r.counters().sightings().claims());
  }

  private void registerSpared() {
    counter(
        "usher_observed_sessions_total",
        "Sessions that began while the room only watched",
        r -> r.counters().beganWhileObserving());
    for (Spared.What what : Spared.What.values()) {
      FunctionCounter.builder("usher_spared_total", room, r -> r.watching().spared().times(what))
          .tags(tags.and("what", EnumWords.lower(what)))
          .description("What guarding would have done to requests of a room that only watches")
          .register(registry);
    }
  }

  private void registerLine() {
    gauge(
        "usher_waiting_visitors",
        "Visitors who wait and are not called",
        r -> r.line().counts().waiting());
    gauge("usher_room_sessions", "Sessions of the room", r -> r.line().counts().inside());
    gauge(
        "usher_standby_visitors",
        "Visitors who came while the store was away, and whom it does not know of yet",
        Room::standingBy);
    gauge(
        "usher_admissions_held",
        "Whether nobody is let in because the store is away or gets back what it lost",
        r -> r.storeState() == StoreState.GOOD ? 0 : 1);
    gauge("usher_issued_number", "The last number given", r -> r.line().issued());
    gauge(
        "usher_numbers_used_ratio",
        "How much of the numbers that can be given is used",
        r -> r.line().numbersUsed());
    gauge("usher_called_number", "Numbers up to here may come in", r -> r.line().called());
    gauge("usher_epoch", "The life of the queue that is on", r -> r.line().epoch());
    gauge("usher_observing", "Whether the room only watches", r -> r.watching().isOn() ? 1 : 0);
    gauge("usher_paused", "Whether admissions are paused", r -> r.line().paused() ? 1 : 0);
    gauge(
        "usher_gathering",
        "Whether visitors gather for an opening, before which nobody comes in",
        r -> r.gathering(0).lasts(r.line().time()) ? 1 : 0);
    gauge(
        "usher_calling_pace_visitors_per_second",
        "Numbers called a second, lately",
        room -> room.waitAnswers().pace());
  }

  private void gauge(String name, String meaning, ToDoubleFunction<Room> value) {
    Gauge.builder(name, room, value)
        .strongReference(true)
        .tags(tags)
        .description(meaning)
        .register(registry);
  }

  private void counter(String name, String meaning, ToDoubleFunction<Room> value) {
    FunctionCounter.builder(name, room, value).tags(tags).description(meaning).register(registry);
  }
}
