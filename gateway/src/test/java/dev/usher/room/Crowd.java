package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.TurnAway;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Line;
import dev.usher.store.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A seeded crowd on virtual time: visitors who arrive, ask again when they were told to, come in
 * when called, are busy inside for a while, leave or vanish. At every step it is checked that what
 * the room says is what it promises.
 */
final class Crowd {
  private static final long TICK_MILLIS = 500;

  private final Stage stage;
  private final Random random;
  private final Replica[] replicas;
  private final PriorityQueue<Member> agenda =
      new PriorityQueue<>((a, b) -> Long.compare(a.next, b.next));
  private final Set<Place> given = new HashSet<>();
  final List<Member> members = new ArrayList<>();
  private long called;
  private long epoch;

  Crowd(Stage stage, long seed) {
    this.stage = stage;
    this.random = new Random(seed);
    this.replicas = new Replica[] {stage.replica("ahead", 2500), stage.replica("behind", -2500)};
    tick();
  }

  /** So many arrive within this time; one in five will not stay. */
  void arrive(int count, Duration within) {
    for (int i = 0; i < count; i++) {
      long at = stage.now + random.nextInt((int) within.toMillis());
      boolean stays = random.nextInt(5) > 0;
      add(new Member(at, stays, 5000 + random.nextInt(60_000)));
    }
  }

  void add(Member member) {
    members.add(member);
    agenda.add(member);
  }

  void run(Duration time) {
    long end = stage.now + time.toMillis();
    while (stage.now < end) {
      stage.now += TICK_MILLIS;
      tick();
      while (!agenda.isEmpty() && agenda.element().next <= stage.now) {
        act(agenda.remove());
      }
    }
  }

  private void tick() {
    for (Replica replica : replicas) {
      replica.tick();
    }
    Line line = line();
    assertThat(line.called()).isGreaterThanOrEqualTo(line.epoch() == epoch ? called : 0);
    epoch = line.epoch();
    called = line.called();
  }

  Line line() {
    return Guest.get(stage.store.line(Stage.CONCERT));
  }

  private void act(Member member) {
    Replica replica = replicas[random.nextInt(replicas.length)];
    if (member.vanishes()) {
      return;
    }
    Place held = member.place();
    if (held != null && member.givesUp(stage.now)) {
      Guest.get(replica.room.leave(held));
      member.gone = true;
      return;
    }
    boolean wasInside = member.guest.pass != null;
    long before = wasInside ? 0 : line().counts().sessions();
    Decision said = member.guest.ask(replica, Intent.NAVIGATE);
    if (said instanceof Admit in) {
      admitted(member, in, wasInside, before);
    } else if (said instanceof Wait wait) {
      waits(member, wait, held);
    } else {
      throw new AssertionError("Nobody is turned away but was " + ((TurnAway) said).why());
    }
    agenda.add(member);
  }

  private void admitted(Member member, Admit in, boolean wasInside, long before) {
    if (!wasInside) {
      assertThat(before + 1).as("sessions at a claim").isLessThanOrEqualTo(stage.capacity);
      assertThat(member.admittedAt).as("admitted once").isZero();
      given.add(in.pass().place());
      member.admittedAt = stage.now;
    }
    member.next = stage.now + 1000 + random.nextInt(9000);
  }

  private void waits(Member member, Wait wait, @Nullable Place held) {
    Place place = Guest.placeOf(wait);
    if (held == null) {
      assertThat(given.add(place)).as("a number is given once").isTrue();
      member.arrivedAt = stage.now;
    } else {
      assertThat(place).isEqualTo(held);
    }
    assertThat(wait.ahead()).as("the position told").isLessThanOrEqualTo(member.told);
    member.told = wait.ahead();
    member.polls++;
    member.next = stage.now + wait.askAgainMillis();
  }
}
