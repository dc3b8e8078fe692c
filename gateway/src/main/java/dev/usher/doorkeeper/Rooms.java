package dev.usher.doorkeeper;

import dev.usher.admission.Admission;
import dev.usher.admission.QueueCounts;
import dev.usher.room.FreePlaces;
import dev.usher.room.OutageAllowance;
import dev.usher.room.Room;
import dev.usher.room.RoomCounters;
import dev.usher.room.StoreState;
import dev.usher.store.Calling;
import dev.usher.store.Claim;
import dev.usher.store.Line;
import dev.usher.store.QueueStore;
import dev.usher.store.RoomWeight;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rooms of one upstream, which may change while it runs. */
final class Rooms {
  private final VirtualLine virtual = new VirtualLine();
  private volatile Open open;

  /**
   * The current rooms.
   *
   * @param gone counts of rooms that are no more: a sum that fell would look like that of a store
   *     that started over, and all measurements would be forgotten
   */
  private record Open(List<Room> rooms, Sums gone) {
    static Open of(List<Room> rooms, Sums gone) {
      return new Open(List.copyOf(rooms), gone);
    }
  }

  /** Counts of this replica's rooms. */
  private record Sums(long claims, long claimMillis) {
    Sums and(RoomCounters counters) {
      return new Sums(
          claims + counters.claims(Claim.ADMITTED), claimMillis + counters.claimMillis());
    }
  }

  Rooms(List<Room> rooms) {
    this.open = Open.of(rooms, new Sums(0, 0));
  }

  /** Takes over the rooms, with their current policies. */
  void reconfigure(List<Room> rooms) {
    Open was = open;
    Sums gone = was.gone();
    for (Room room : was.rooms()) {
      gone = rooms.contains(room) ? gone : gone.and(room.counters());
    }
    open = Open.of(rooms, gone);
  }

  List<Room> all() {
    return open.rooms();
  }

  /** What each room is called by at this tick. */
  List<RoomWeight> shares(long now) {
    return all().stream()
        .map(r -> new RoomWeight(r.policy().queue(), r.policy().weight(), r.gathering(now)))
        .toList();
  }

  /** Whether each room has been read, and the store has everything back that it may have lost. */
  boolean settled() {
    return all().stream().allMatch(Room::isSettled);
  }

  /** The capacity in the store, as of the last refresh. */
  long storedCapacity() {
    return all().stream().mapToLong(room -> room.line().counts().capacity()).max().orElse(0);
  }

  /** How far this capacity is from the one in the store, as a part of the latter. */
  double disagreement(long own) {
    if (all().isEmpty() || !settled()) {
      return 0; // while the store settles it has no capacity to disagree with
    }
    long stored = storedCapacity(); // none counts as 1: far off, too, if this replica sees pods
    return (double) Math.abs(own - stored) / Math.max(1, stored);
  }

  /**
   * Goes on without the store, in every room that does not do so yet: those that were in contact
   * since, though others were not, are told again.
   */
  void goOnAlone(OutageAllowance places) {
    all().stream()
        .filter(room -> room.storeState() != StoreState.AWAY)
        .forEach(room -> room.goOnAlone(places));
  }

  CompletionStage<Void> each(Function<Room, CompletionStage<Void>> step) {
    return CompletableFuture.allOf(
        all().stream()
            .map(room -> step.apply(room).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** Reads what operators have set, and tells a store that lost it. */
  CompletionStage<Void> live(String upstream, QueueStore store) {
    List<Room> now = all();
    if (now.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return store
        .live(upstream, now.stream().map(room -> room.controls().now()).toList())
        .thenAccept(
            told -> {
              for (int i = 0; i < told.size(); i++) {
                now.get(i).controls().take(told.get(i));
              }
            });
  }

  /** Tells the rooms what was decided, and moves the virtual line on. */
  void decided(Admission decided, QueueCounts counts, long now) {
    long free = decided.capacity() - counts.sessions();
    FreePlaces freePlaces =
        new FreePlaces(Math.max(0, free), decided.places(), decided.figures().rate());
    all().forEach(room -> room.expect(freePlaces));
    if (counts.counted() && all().stream().anyMatch(room -> room.watching().isOn())) {
      virtual.step(
          new VirtualLine.Step(
              now,
              decided.capacity(),
              counts.sessions(),
              decided.figures().rate(),
              counts.claimed() + counts.atOnce()));
    } else {
      virtual.forget();
    }
  }

  VirtualLine.Told wouldBe() {
    return virtual.told();
  }

  /**
   * Sums over the rooms.
   *
   * @param called visitors whom this replica called
   * @param told the store's counts at the last call; null while another replica leads
   */
  QueueCounts counts(long called, @Nullable Calling told) {
    Open now = open;
    long sessions = 0;
    long waiting = 0;
    long callable = 0;
    long gathered = 0;
    Sums here = now.gone();
    for (Room room : now.rooms()) {
      Line line = room.line();
      sessions = Math.max(sessions, line.counts().sessions());
      // A called visitor who finds no free place waits as well.
      long wait = line.counts().waiting() + line.counts().asking();
      waiting += wait;
      boolean gathers = room.gathering(line.time()).lasts(line.time());
      callable += line.paused() || gathers ? 0 : wait;
      gathered += gathers && !line.paused() ? wait : 0;
      here = here.and(room.counters());
    }
    return new QueueCounts(
        sessions,
        waiting,
        told == null ? 0 : told.offers(),
        called,
        told == null ? 0 : told.claimed(),
        told == null ? 0 : told.atOnce(),
        here.claims(),
        here.claimMillis(),
        waiting > 0 && callable + gathered == 0,
        gathered > 0 && callable == 0,
        told != null);
  }
}
