package dev.usher.store;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One history of two rooms of one upstream, put to both stores. Each step follows from a number of
 * its own and from what was answered before, so a history is a list of numbers, and any of them may
 * be left out.
 */
final class TwinHistory {
  private record Step(int weight, Consumer<SplittableRandom> take) {}

  private final Twins twins;
  private final boolean losses;
  private final List<TwinRoom> rooms;
  private final TwinUpstream upstream;
  private final TwinVisitors visitors;
  private final List<Step> steps;

  TwinHistory(Twins twins, boolean losses) {
    this.twins = twins;
    this.losses = losses;
    this.rooms = List.of(new TwinRoom(queue("concert")), new TwinRoom(queue("theatre")));
    this.upstream = new TwinUpstream(twins, rooms);
    this.visitors = new TwinVisitors(twins, rooms);
    this.steps = new ArrayList<>(queueSteps());
    steps.add(new Step(12, upstream::share));
    steps.add(new Step(4, upstream::grant));
    steps.add(new Step(1, upstream::giveUp));
    steps.add(new Step(3, upstream::work));
    steps.add(new Step(2, upstream::note));
    steps.add(new Step(1, upstream::proven));
    steps.add(new Step(2, upstream::set));
    steps.add(new Step(4, upstream::live));
    if (losses) {
      steps.add(new Step(1, random -> twins.lose()));
      steps.add(new Step(3, random -> twins.keep()));
      steps.add(new Step(1, random -> twins.goBack()));
    }
  }

  private List<Step> queueSteps() {
    return List.of(
        new Step(14, this::arrive),
        new Step(16, this::poll),
        new Step(26, visitors::claim),
        new Step(5, visitors::leave),
        new Step(4, visitors::stay),
        new Step(20, this::call),
        new Step(6, upstream::lead),
        new Step(12, this::pass),
        new Step(4, this::minutes),
        new Step(12, this::look),
        new Step(5, this::remember),
        new Step(6, this::restore),
        new Step(6, visitors::enlist),
        new Step(1, this::reset),
        new Step(1, this::leap),
        new Step(1, this::pause));
  }

  private Queue queue(String room) {
    return losses
        ? new Queue(
            Twins.UPSTREAM,
            room,
            Duration.ofSeconds(6),
            Duration.ofSeconds(3),
            Duration.ofSeconds(4))
        : new Queue(
            Twins.UPSTREAM,
            room,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(45));
  }

  void begin() {
    for (TwinRoom room : rooms) {
      twins.ask(
          0, "restore nothing of " + name(room), s -> s.restore(room.queue, QueueMemory.NOTHING));
    }
    if (losses) {
      twins.pass(QueueStore.SETTLE);
    }
    rooms.forEach(room -> look(0, room));
    upstream.lead(new SplittableRandom(1));
  }

  void step(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int dice = random.nextInt(steps.stream().mapToInt(Step::weight).sum());
    for (Step step : steps) {
      dice -= step.weight();
      if (dice < 0) {
        step.take().accept(random);
        break;
      }
    }
    if (random.nextInt(3) == 0) {
      look(random);
    }
  }

  void end() {
    rooms.forEach(room -> look(0, room));
  }

  private TwinRoom any(SplittableRandom random) {
    return rooms.get(random.nextInt(3) == 0 ? 1 : 0);
  }

  private static int replica(SplittableRandom random) {
    return random.nextInt(Twins.REPLICAS.size());
  }

  private static String name(TwinRoom room) {
    return room.queue.room();
  }

  private void arrive(SplittableRandom random) {
    TwinRoom room = any(random);
    int replica = replica(random);
    int dice = random.nextInt(60);
    int count = dice == 0 ? 60_000 : dice < 6 ? 1 + random.nextInt(300) : 1 + random.nextInt(9);
    long most = random.nextInt(6) == 0 ? random.nextInt(30) : Place.NUMBER_MAX;
    boolean late = room.over[replica] > 0 && random.nextInt(12) == 0;
    long over = late ? room.over[replica] - 1 : room.over[replica];
    Heard heard = new Heard(replica + 1, Math.min(room.answered[replica], over), over);
    Newcomers newcomers =
        new Newcomers(twins.now(), (int) (room.over[replica] * 1000), count, most, heard);
    NumberBlock block =
        twins.ask(
            replica,
            "arrive " + name(room) + " " + newcomers,
            store -> store.arrive(room.queue, newcomers));
    room.over[replica] += late ? 0 : 1;
    if (block == null || late || random.nextInt(6) == 0) {
      return;
    }
    room.answered[replica] = room.over[replica];
    for (int i = 0; block.epoch() == 0 && i < Math.min(3, count); i++) {
      room.standbys.add(newcomers.standby(i));
    }
    if (block.given() > 0) {
      int first = (int) block.first();
      room.numbers(block.epoch()).given().set(first, first + block.given());
      room.numbers(block.epoch()).in().set(first, first + block.admitted());
    }
  }

  private void poll(SplittableRandom random) {
    poll(replica(random), any(random), random);
  }

  private void poll(int replica, TwinRoom room, SplittableRandom random) {
    if (room.epochs.isEmpty()) {
      return;
    }
    long epoch = room.epoch(random);
    boolean own = random.nextInt(25) == 0;
    BitSet in = TwinRoom.some(room.numbers(epoch).in(), random.nextInt(3) * 50, random);
    BitSet out = (BitSet) room.numbers(epoch).given().clone();
    out.andNot(room.numbers(epoch).in());
    out = TwinRoom.some(out, random.nextInt(5) * 25, random);
    if (own) {
      // Whom the replica let in by itself, in an epoch of its own.
      epoch = room.epochs.lastKey() + 1000 + replica;
      in.clear();
      in.set(1, 2 + random.nextInt(4));
      out.clear();
    }
    PresenceReport seen = new PresenceReport(epoch, 0, Bits.of(out), Bits.of(in));
    String what = Telling.of(out) + " inside " + Telling.of(in) + " of " + epoch;
    twins.ask(replica, "see " + name(room) + " " + what, store -> store.see(room.queue, seen));
  }

  private void call(SplittableRandom random) {
    // Which rooms a step counted is known by until when it holds: no two are of one millisecond.
    twins.pass(Duration.ofMillis(1));
    long kept = random.nextInt(2) == 0 ? Budget.KEEP_ALL : random.nextInt(12);
    Duration validFor = Duration.ofMillis(random.nextInt(3) == 0 ? 1500 : 20_000);
    Budget budget = new Budget(random.nextInt(40), random.nextInt(30), kept, validFor);
    List<RoomWeight> shares = new ArrayList<>();
    for (TwinRoom room : rooms) {
      shares.add(new RoomWeight(room.queue, 1 + random.nextInt(3), upstream.gathering(random)));
    }
    if (random.nextInt(12) == 0) {
      shares.remove(random.nextInt(2));
    }
    int replica = random.nextInt(8) == 0 ? replica(random) : upstream.leader();
    if (random.nextInt(4) > 0) {
      upstream.lead(replica, Duration.ofMillis(500 + random.nextInt(4000)));
    }
    Lease lease = upstream.lease(replica);
    String of =
        shares.stream()
            .map(s -> s.queue().room() + "x" + s.weight() + " " + s.gathering())
            .toList()
            .toString();
    twins.ask(replica, "call " + budget + " " + of, store -> store.call(lease, budget, shares));
  }

  private void pass(SplittableRandom random) {
    int dice = random.nextInt(60);
    int most = dice < 26 ? 1000 : dice < 36 ? 4500 : dice < 39 ? 20_000 : 120_000;
    twins.pass(Duration.ofMillis(1 + random.nextInt(dice == 39 && !losses ? 2_000_000 : most)));
  }

  /** Windows go by in which replicas ask and call as they do, and see many or few. */
  private void minutes(SplittableRandom random) {
    TwinRoom room = any(random);
    long window = room.queue.presenceWindow().toMillis();
    boolean seen = random.nextInt(3) == 0;
    for (int i = random.nextInt(8); i >= 0; i--) {
      twins.pass(Duration.ofMillis(losses ? Math.min(4500, window / 2) : window));
      rooms.forEach(each -> look(0, each));
      if (seen) {
        poll(replica(random), room, random);
      }
      call(random);
    }
  }

  private void look(SplittableRandom random) {
    TwinRoom room = any(random);
    int replica = replica(random);
    if (!look(replica, room).settled() && random.nextBoolean()) {
      restore(replica, room.memories[replica], room);
    }
  }

  private Line look(int replica, TwinRoom room) {
    Line line = twins.ask(replica, "line " + name(room), store -> store.line(room.queue));
    if (line != null && line.epoch() > 0) {
      room.numbers(line.epoch());
      room.called = line.called();
    }
    return line == null ? Line.UNKNOWN : line;
  }

  private void remember(SplittableRandom random) {
    TwinRoom room = any(random);
    int replica = replica(random);
    MembershipCopy copy = twins.ask(replica, "copy " + name(room), store -> store.copy(room.queue));
    Line line = look(replica, room);
    if (copy != null && line.settled() && line.epoch() == copy.epoch()) {
      room.memories[replica] = new QueueMemory(line, copy.claimed(), copy.inside());
    }
  }

  private void restore(SplittableRandom random) {
    TwinRoom room = any(random);
    int replica = replica(random);
    restore(replica, random.nextInt(5) == 0 ? QueueMemory.NOTHING : room.memories[replica], room);
  }

  private void restore(int replica, QueueMemory memory, TwinRoom room) {
    long epoch = memory.line().epoch();
    String what = "restore " + name(room) + " of " + epoch + " as of " + memory.line().time();
    twins.ask(replica, what, store -> store.restore(room.queue, memory));
  }

  private void reset(SplittableRandom random) {
    TwinRoom room = any(random);
    if (random.nextInt(3) == 0) {
      Long epoch =
          twins.ask(replica(random), "reset " + name(room), store -> store.reset(room.queue));
      if (epoch != null) {
        room.numbers(epoch);
      }
    }
  }

  /** Somebody is inside whose number is nearly the last before the next epoch may begin. */
  private void leap(SplittableRandom random) {
    TwinRoom room = any(random);
    if (random.nextInt(6) == 0 && !room.epochs.isEmpty()) {
      int number = (int) Queue.ROLL_AFTER - random.nextInt(3);
      long epoch = room.epochs.lastKey();
      room.numbers(epoch).given().set(number);
      room.numbers(epoch).in().set(number);
      BitSet in = new BitSet();
      in.set(number);
      PresenceReport seen = new PresenceReport(epoch, 0, Bits.NONE, Bits.of(in));
      String what = "see " + name(room) + " inside " + number + " of " + epoch;
      twins.ask(replica(random), what, store -> store.see(room.queue, seen));
    }
  }

  private void pause(SplittableRandom random) {
    TwinRoom room = any(random);
    boolean paused = random.nextInt(3) == 0;
    twins.ask(
        replica(random), "pause " + name(room) + " " + paused, s -> s.pause(room.queue, paused));
  }
}
