package dev.usher.store;

import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What single visitors do in a history of twins. */
final class TwinVisitors {
  private final Twins twins;
  private final List<TwinRoom> rooms;

  TwinVisitors(Twins twins, List<TwinRoom> rooms) {
    this.twins = twins;
    this.rooms = rooms;
  }

  private TwinRoom any(SplittableRandom random) {
    return rooms.get(random.nextInt(3) == 0 ? 1 : 0);
  }

  private static int replica(SplittableRandom random) {
    return random.nextInt(Twins.REPLICAS.size());
  }

  /** One claims, or many do who were called together. */
  void claim(SplittableRandom random) {
    TwinRoom room = any(random);
    if (room.epochs.isEmpty()) {
      return;
    }
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 14 : 1); i >= 0; i--) {
      Place place = room.place(random);
      Claim claim = twins.ask(replica(random), "claim " + place, s -> s.claim(room.queue, place));
      if (claim == Claim.ADMITTED || claim == Claim.INSIDE) {
        room.numbers(place.epoch()).in().set((int) place.number());
      }
    }
  }

  void leave(SplittableRandom random) {
    TwinRoom room = any(random);
    if (!room.epochs.isEmpty()) {
      Place place = room.place(random);
      twins.ask(replica(random), "leave " + place, store -> store.leave(room.queue, place));
    }
  }

  /** One goes on in another browser, and a replica hears who did. */
  private void move(Place place, SplittableRandom random) {
    Move move =
        new Move(
            place.room(),
            place.epoch(),
            place.lane(),
            place.number(),
            1 + random.nextInt(4),
            random.nextInt(3) == 0 ? "" : "b" + random.nextInt(2));
    twins.ask(replica(random), "move " + move, store -> store.move(Twins.UPSTREAM, move));
    Moves.Since since =
        new Moves.Since(place.room(), place.epoch(), place.lane(), random.nextInt(4));
    twins.ask(replica(random), "moves " + since, store -> store.moves(Twins.UPSTREAM, since));
  }

  void stay(SplittableRandom random) {
    TwinRoom room = any(random);
    if (!room.epochs.isEmpty()) {
      Place place = room.place(random);
      twins.ask(replica(random), "stay " + place, store -> store.stay(room.queue, place));
      if (place.epoch() == room.epochs.lastKey()) {
        move(place, random);
      }
    }
  }

  void enlist(SplittableRandom random) {
    TwinRoom room = any(random);
    List<Standby> them = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean known = !room.standbys.isEmpty() && random.nextInt(2) == 0;
      if (known) {
        them.add(room.standbys.get(random.nextInt(room.standbys.size())));
      } else if (random.nextInt(3) == 0 && room.epochs.size() > 1) {
        them.add(Standby.holding(room.place(random)));
      } else {
        them.add(Standby.arrived(twins.now() - random.nextInt(2000), 9, random.nextInt(1000)));
      }
    }
    int replica = replica(random);
    Heard heard = new Heard(replica + 1, room.answered[replica], room.over[replica]);
    Duration gather = Duration.ofMillis(random.nextInt(3) * 1000L);
    Enlisted told =
        twins.ask(
            replica,
            "enlist " + room.queue.room() + " " + them + " gathering " + gather + " " + heard,
            store -> store.enlist(room.queue, them, gather, heard));
    room.standbys.addAll(them);
    if (told != null) {
      told.numbers().stream()
          .filter(number -> number > 0)
          .forEach(number -> room.numbers(told.epoch()).given().set(number.intValue()));
    }
  }
}
