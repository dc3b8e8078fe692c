package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A long random history of two rooms on one upstream as two replicas drive it, checked at every
 * step against what must hold: the promises on numbers, order, capacity, claims and positions.
 */
public final class QueueHistories {
  private static final Duration TERM = Duration.ofSeconds(3);

  private final QueueStore[] replicas;
  private final Clock clock;
  private final Random random;
  private final NaiveQueue[] rooms;
  private final NaiveAsking asking = new NaiveAsking();
  private final List<String> events = new ArrayList<>();
  private Lease lease = new Lease("shop", 0);
  private long capacity;
  private long capacityUntil;
  private long places;
  private long claimed;
  private long atOnce;

  /** The store's time, and how to let it pass. */
  public interface Clock {
    long now();

    void pass(Duration time);
  }

  public QueueHistories(List<QueueStore> replicas, Clock clock, Random random) {
    this.replicas = replicas.toArray(QueueStore[]::new);
    this.clock = clock;
    this.random = random;
    this.rooms =
        new NaiveQueue[] {
          new NaiveQueue(QueueStoreContract.queue("shop", "concert")),
          new NaiveQueue(QueueStoreContract.queue("shop", "theatre"))
        };
    for (NaiveQueue room : rooms) {
      room.epoch = line(room).epoch();
    }
  }

  public void run(int steps) {
    try {
      for (int i = 0; i < steps; i++) {
        step(rooms[random.nextInt(rooms.length)]);
      }
    } catch (AssertionError e) {
      List<String> last = events.subList(Math.max(0, events.size() - 25), events.size());
      throw new AssertionError(e.getMessage() + "\nlast events:\n" + String.join("\n", last), e);
    }
  }

  private void step(NaiveQueue room) {
    int dice = random.nextInt(100);
    if (dice < 18) {
      arrive(room);
    } else if (dice < 38) {
      poll(room);
    } else if (dice < 58) {
      claim(room);
    } else if (dice < 68) {
      leave(room);
    } else if (dice < 88) {
      tick();
    } else if (dice < 98) {
      pass();
    } else if (dice == 98) {
      reset(room);
    } else {
      get(any().pause(room.queue, random.nextInt(3) == 0));
      events.add("pause " + room.queue.room());
    }
  }

  private void arrive(NaiveQueue room) {
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 5);
    long sessionsBefore = sessionsAtLeast();
    NumberBlock block = get(any().arrive(room.queue, QueueStage.newcomers(count)));
    events.add("arrive " + room.queue.room() + " " + block);
    assertThat(block.epoch()).isEqualTo(room.epoch);
    assertThat(block.given()).isEqualTo(count);
    assertThat(block.first()).as("numbers follow each other").isEqualTo(room.issued + 1);
    for (long n = block.first(); n < block.first() + count; n++) {
      assertThat(room.everGiven.add(room.place(n))).as("a number is given once").isTrue();
      if (n < block.first() + block.admitted()) {
        room.sessions.put(room.place(n), now());
        room.everClaimed.add(room.place(n));
      } else {
        room.waiting.put(n, now());
      }
    }
    if (block.admitted() > 0) {
      assertThat(room.called)
          .as("nobody waits when one is admitted at once")
          .isEqualTo(room.issued);
      assertThat(sessionsBefore + block.admitted() + asking(room))
          .as("sessions, and those who were told that no place is free")
          .isLessThanOrEqualTo(capacity());
      assertThat((long) block.admitted()).as("places left").isLessThanOrEqualTo(places);
      places -= block.admitted();
      atOnce += block.admitted();
      room.called += block.admitted();
    }
    room.issued += count;
  }

  private void poll(NaiveQueue room) {
    BitSet waiting = new BitSet();
    for (Map.Entry<Long, Long> each : room.waiting.entrySet()) {
      if (random.nextInt(3) > 0) {
        waiting.set(each.getKey().intValue());
        each.setValue(now());
      }
    }
    BitSet inside = new BitSet();
    for (Map.Entry<Place, Long> each : room.sessions.entrySet()) {
      boolean lives = now() - each.getValue() < 4 * room.queue.sessionWindow().toMillis();
      if (each.getKey().epoch() == room.epoch && lives && random.nextInt(3) > 0) {
        inside.set((int) each.getKey().number());
        each.setValue(now());
      }
    }
    get(
        any()
            .see(room.queue, new PresenceReport(room.epoch, 0, Bits.of(waiting), Bits.of(inside))));
    events.add("see " + room.queue.room() + " " + waiting.cardinality() + " " + inside);
  }

  /** As of the last merge: nobody who is there is left out, and nobody is counted twice. */
  private void checkPositions(NaiveQueue room) {
    Line line = line(room);
    long certain = 0;
    long lost = room.turnsLost(line);
    for (long number : room.waiting.tailMap(line.called(), false).keySet()) {
      long ahead = line.ahead(number);
      assertThat(ahead)
          .as("ahead of " + number)
          .isBetween(certain, number - line.called() - 1 + lost);
      certain += room.certainlyPresent(number, now()) ? 1 : 0;
    }
  }

  private void claim(NaiveQueue room) {
    if (room.issued == 0) {
      return;
    }
    Place place = room.place(1 + random.nextInt((int) Math.min(room.issued, room.called + 3)));
    boolean wasClaimed = room.everClaimed.contains(place);
    long sessionsBefore = sessionsAtLeast();
    Claim claim = get(any().claim(room.queue, place));
    events.add("claim " + place + " " + claim);
    if (place.number() > room.called) {
      assertThat(claim).isIn(Claim.NOT_CALLED, Claim.OVER);
    }
    if (claim == Claim.FULL) {
      asking.full(place, now());
    }
    if (claim != Claim.ADMITTED && claim != Claim.INSIDE) {
      return;
    }
    assertThat(room.left).as("who left does not come in").doesNotContain(place);
    if (!wasClaimed) {
      claimed++;
      assertThat(sessionsBefore + asking.before(room, place, now()) + 1)
          .as("sessions at a claim, and those who were told before that no place is free")
          .isLessThanOrEqualTo(capacity());
    } else {
      assertThat(claim).isEqualTo(Claim.INSIDE);
      assertThat(room.sessions).as("a place is one session").containsKey(place);
    }
    asking.noMore(place);
    room.everClaimed.add(place);
    room.waiting.remove(place.number());
    room.sessions.put(place, now());
  }

  private void leave(NaiveQueue room) {
    if (room.issued == 0) {
      return;
    }
    Place place = room.place(1 + random.nextInt((int) room.issued));
    get(any().leave(room.queue, place));
    events.add("leave " + place);
    asking.noMore(place);
    room.left.add(place);
    room.waiting.remove(place.number());
    room.sessions.remove(place);
  }

  private void tick() {
    QueueStore leader = any();
    Lease taken = get(leader.lead("shop", TERM));
    if (taken.held()) {
      assertThat(taken.fence()).as("fences rise").isGreaterThanOrEqualTo(lease.fence());
      lease = taken;
    } else {
      return;
    }
    long next = random.nextInt(5) == 0 ? random.nextInt(60) : capacity;
    long asked = now();
    long kept = random.nextInt(3) == 0 ? Budget.KEEP_ALL : random.nextInt(30);
    Budget budget = new Budget(next, random.nextInt(30), kept, TERM);
    Calling calling =
        get(
            leader.call(
                lease,
                budget,
                List.of(new RoomWeight(rooms[0].queue, 2), new RoomWeight(rooms[1].queue, 1))));
    capacity = next;
    capacityUntil = now() + TERM.toMillis();
    places = budget.places() - calling.called();
    events.add("call " + budget + " " + calling);
    assertThat(places).as("places left").isGreaterThanOrEqualTo(0);
    assertThat(calling.claimed()).as("claims counted").isEqualTo(claimed);
    assertThat(calling.atOnce()).as("newcomers counted").isEqualTo(atOnce);
    assertThat(calling.sessions())
        .as("no session is forgotten")
        .isGreaterThanOrEqualTo(sessionsAtLeast());
    for (NaiveQueue room : rooms) {
      checkCalled(room, asked, kept, calling);
      checkPositions(room);
    }
  }

  private void checkCalled(NaiveQueue room, long asked, long kept, Calling calling) {
    long before = room.called;
    Line line = line(room);
    assertThat(line.called()).as("called never falls").isGreaterThanOrEqualTo(before);
    assertThat(line.called()).isLessThanOrEqualTo(room.issued);
    long present =
        room.waiting.keySet().stream()
            .filter(n -> n > before && n <= line.called() && room.certainlyCallable(n, now()))
            .count();
    assertThat(present).as("present visitors called").isLessThanOrEqualTo(calling.called());
    if (calling.called() > 0) {
      long ask = asking(room);
      long offered = calling.offers() - calling.called() - ask;
      assertThat(calling.sessions() + Math.min(offered, kept) + ask + calling.called())
          .as("those called, those who ask and the offers to be kept are covered by free places")
          .isLessThanOrEqualTo(capacity);
    }
    if (line.called() > before && line.called() < room.issued) {
      assertThat(room.certainlyGone(line.called(), now()))
          .as("only who is there is called")
          .isFalse();
    }
    room.calledUpTo(line.called(), asked);
  }

  private void pass() {
    clock.pass(Duration.ofMillis(random.nextInt(random.nextInt(8) == 0 ? 90_000 : 2_000)));
    events.add("now " + now());
  }

  private void reset(NaiveQueue room) {
    if (random.nextInt(4) == 0) {
      room.startEpoch(get(any().reset(room.queue)));
      asking.startEpoch(room);
      events.add("reset " + room.queue.room() + " " + room.epoch);
    }
  }

  private long sessionsAtLeast() {
    return rooms[0].sessionsAtLeast(now()) + rooms[1].sessionsAtLeast(now());
  }

  private long asking(NaiveQueue room) {
    return asking.asking(room.queue, now());
  }

  private long capacity() {
    return now() < capacityUntil + NaiveQueue.SLACK_MS ? capacity : 0;
  }

  private long now() {
    return clock.now();
  }

  private Line line(NaiveQueue room) {
    return get(any().line(room.queue));
  }

  private QueueStore any() {
    return replicas[random.nextInt(replicas.length)];
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
