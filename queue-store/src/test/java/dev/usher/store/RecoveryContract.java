package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises that can lose its last writes, or everything. */
public abstract class RecoveryContract extends QueueStage {
  static final Duration SETTLED = QueueStore.SETTLE.plusMillis(1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The store forgets all. */
  public abstract void lose();

  /** What is kept now; running it, the store goes back there, as another server would. */
  public abstract Runnable snapshot();

  @BeforeEach
  final void found() {
    for (Queue queue : List.of(concert, theatre)) {
      get(store.restore(queue, QueueMemory.NOTHING));
    }
    pass(SETTLED);
  }

  /** Time passes while replicas ask for their lines, as they do. */
  final void passAsking(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      pass(Duration.ofSeconds(1));
      line(concert);
      line(theatre);
    }
  }

  final QueueMemory memory(QueueStore of) {
    MembershipCopy copy = get(of.copy(concert));
    return new QueueMemory(get(of.line(concert)), copy.claimed(), copy.inside());
  }

  /** Ten came, five of them were called, three of those are inside. */
  private void tenVisitors() {
    get(store.arrive(concert, newcomers(10)));
    call(5, 5);
    claim(1, 3);
    call(5, 5);
  }

  /** The store comes back empty, and no replica remembers anything. */
  private void loseAll() {
    pass(Duration.ofSeconds(2));
    lose();
    get(store.restore(concert, QueueMemory.NOTHING));
    get(store.restore(theatre, QueueMemory.NOTHING));
    leadAgain();
  }

  private void leadAgain() {
    lease = get(store.lead("shop", VALID));
    assertThat(lease.held()).isTrue();
  }

  @Test
  void whatAReplicaRemembersComesBackBeforeAnyoneIsGivenANumberOrComesIn() {
    tenVisitors();
    long epoch = line(concert).epoch();
    QueueMemory memory = memory(store);
    lose();
    assertThat(line(concert).epoch()).isZero();
    assertThat(get(store.arrive(concert, newcomers(1)).exceptionally(e -> NumberBlock.HELD)))
        .isEqualTo(NumberBlock.HELD);
    get(store.restore(concert, memory));
    get(other.restore(concert, memory));
    get(store.restore(theatre, QueueMemory.NOTHING));
    leadAgain();
    assertThat(line(concert).settled()).isFalse();
    assertThat(get(store.arrive(concert, newcomers(1)))).isEqualTo(NumberBlock.HELD);
    assertThat(get(store.claim(concert, new Place("concert", epoch, 0, 4)))).isEqualTo(Claim.HELD);
    assertThat(call(5, 5)).isEqualTo(Calling.SETTLING);

    pass(SETTLED);
    assertThat(line(concert).settled()).isTrue();
    assertThat(line(concert).whole()).as("nobody has counted yet who waits").isFalse();
    assertThat(line(concert).epoch()).isEqualTo(epoch);
    assertThat(call(5, 5).sessions()).isEqualTo(3);
    assertThat(line(concert).called()).isEqualTo(5);
    assertThat(line(concert).whole()).isTrue();
    assertThat(line(concert).ahead(8)).isEqualTo(2);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.INSIDE);
    assertThat(call(5, 5).sessions()).isEqualTo(3);
    claim(4, 5);
    assertThat(call(5, 5).called()).isZero();
  }

  @Test
  void whoIsInsideIsNotTakenForGoneBeforeAnyoneHasCountedAgain() {
    tenVisitors();
    QueueMemory memory = memory(store);
    lose();
    get(store.restore(concert, memory));
    get(store.restore(theatre, QueueMemory.NOTHING));
    leadAgain();
    pass(SETTLED);
    // The answer to the first claim was lost, so it is made again.
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.HELD);
    call(5, 5);
    assertThat(get(store.claim(concert, place(2)))).isEqualTo(Claim.INSIDE);
  }

  @Test
  void noNumberIsGivenTwice() {
    tenVisitors();
    QueueMemory memory = memory(store);
    // Nobody but their visitors knows of these.
    get(other.arrive(concert, newcomers(100)));
    lose();
    get(store.restore(concert, memory));
    get(store.restore(theatre, QueueMemory.NOTHING));
    leadAgain();
    pass(SETTLED);
    assertThat(get(store.arrive(concert, newcomers(1))).first()).isGreaterThan(110);
  }

  @Test
  void whoComesWhileItSettlesGetsANumberBehindThoseWhoHadOneInOrderOfArrival() {
    tenVisitors();
    QueueMemory memory = memory(store);
    lose();
    get(store.restore(concert, memory));
    get(store.restore(theatre, QueueMemory.NOTHING));
    leadAgain();
    Standby second = Standby.arrived(2000, 2, 7);
    Standby first = Standby.arrived(1000, 1, 9);
    Standby third = Standby.arrived(2000, 2, 8);
    get(store.enlist(concert, List.of(second, third), Duration.ZERO, HEARD));
    assertThat(get(other.enlist(concert, List.of(first), Duration.ZERO, HEARD)).numbers())
        .containsExactly(0L);
    pass(SETTLED);
    assertThat(get(store.arrive(concert, newcomers(1)))).isEqualTo(NumberBlock.HELD);
    call(5, 5);
    Enlisted told = get(store.enlist(concert, List.of(third, second, first), Duration.ZERO, HEARD));
    long begin = told.numbers().get(2);
    assertThat(begin).isGreaterThan(10);
    // Of tests' newcomers it is not told when they came; they stand by as the very first.
    assertThat(told.numbers()).containsExactly(begin + 2, begin + 1, begin);
    assertThat(numbers(third)).containsExactly(begin + 2);
    assertThat(get(store.arrive(concert, newcomers(1))).first()).isEqualTo(begin + 3);
  }

  @Test
  void aServerThatIsBehindGetsBackWhatItMissed() {
    tenVisitors();
    Runnable goBack = snapshot();
    get(store.arrive(concert, newcomers(5)));
    claim(4, 5);
    get(store.leave(concert, place(10)));
    call(5, 5);
    QueueMemory memory = memory(store);
    goBack.run();
    assertThat(line(concert).settled()).isFalse();
    assertThat(line(theatre).settled()).isFalse();
    get(store.restore(concert, memory));
    pass(SETTLED);
    leadAgain();
    assertThat(call(5, 5).sessions()).isEqualTo(5);
    assertThat(line(concert).hasLeft(place(10))).isTrue();
    assertThat(line(concert).ahead(15)).isEqualTo(8);
    assertThat(get(store.arrive(concert, newcomers(1))).first()).isGreaterThan(15);
  }

  @Test
  void whoeverIsSeenBringsTheirPlaceBackWithThem() {
    tenVisitors();
    long epoch = line(concert).epoch();
    QueueMemory memory = memory(store);
    get(other.arrive(concert, newcomers(5)));
    lose();
    get(store.restore(concert, memory));
    get(store.restore(theatre, QueueMemory.NOTHING));
    get(other.see(concert, new PresenceReport(epoch, 0, bits(14, 15), bits(4))));
    leadAgain();
    pass(SETTLED);
    assertThat(call(5, 0).sessions()).isEqualTo(4);
    assertThat(line(concert).ahead(15)).isEqualTo(6);
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.INSIDE);
  }

  @Test
  void whoHeldATicketComesFirstWhenNobodyRemembersTheLine() {
    tenVisitors();
    long epoch = line(concert).epoch();
    loseAll();
    pass(SETTLED);
    // A newcomer is quicker than they are.
    NumberBlock early = get(store.arrive(concert, newcomers(1)));
    assertThat(early.epoch()).isGreaterThan(epoch);
    Standby seventh = held(epoch, 7);
    Standby ninth = held(epoch, 9);
    Standby quick = held(early.epoch(), early.first());
    get(store.enlist(concert, List.of(ninth), Duration.ZERO, HEARD));
    assertThat(get(store.arrive(concert, newcomers(1)))).isEqualTo(NumberBlock.HELD);
    get(other.enlist(concert, List.of(quick, seventh), Duration.ZERO, HEARD));
    call(5, 5);
    assertThat(numbers(seventh)).containsExactly(0L);
    passAsking(concert.presenceWindow());
    call(5, 5);
    assertThat(numbers(seventh, ninth, quick)).containsExactly(1L, 2L, 3L);
    assertThat(line(concert).issued()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoCannotComeBackWhileTheStoreIsAwayHasAWholeWindowAfterwards(boolean oneCameBefore) {
    tenVisitors();
    long epoch = line(concert).epoch();
    loseAll();
    Standby seventh = held(epoch, 7);
    Standby ninth = held(epoch, 9);
    if (oneCameBefore) {
      get(store.enlist(concert, List.of(ninth), Duration.ZERO, HEARD));
    }
    Duration half = concert.presenceWindow().dividedBy(2);
    passAsking(half);
    pass(half.multipliedBy(2));
    passAsking(half);
    leadAgain();
    get(store.enlist(concert, List.of(ninth), Duration.ZERO, HEARD));
    call(5, 5);
    get(store.enlist(concert, List.of(ninth, seventh), Duration.ZERO, HEARD));
    assertThat(get(store.arrive(concert, newcomers(1)))).isEqualTo(NumberBlock.HELD);
    passAsking(half.plusSeconds(4));
    leadAgain();
    call(5, 5);
    assertThat(numbers(seventh, ninth)).containsExactly(1L, 2L);
  }

  @Test
  void nobodyComesInBeforeSessionsThatNobodyRemembersAreCounted() {
    tenVisitors();
    long epoch = line(concert).epoch();
    loseAll();
    get(store.see(concert, new PresenceReport(epoch, 0, Bits.NONE, bits(1, 2))));
    pass(SETTLED);
    get(store.arrive(concert, newcomers(3)));
    assertThat(call(5, 5)).isEqualTo(Calling.SETTLING);
    get(store.see(concert, new PresenceReport(epoch, 0, Bits.NONE, bits(1, 2, 3))));
    passAsking(concert.sessionWindow().multipliedBy(Queue.SESSION_WINDOWS - 1));
    get(store.see(concert, new PresenceReport(line(concert).epoch(), 0, bits(1, 2, 3), Bits.NONE)));
    Calling calling = call(5, 5);
    assertThat(calling.sessions()).isEqualTo(3);
    assertThat(calling.called()).isEqualTo(2);
  }

  @Test
  void whoWaitedBeforeAnOutageCountsAsPresentAfterIt() {
    tenVisitors();
    pass(Duration.ofMinutes(30));
    assertThat(line(concert).settled()).isFalse();
    assertThat(get(store.claim(concert, place(4)))).isEqualTo(Claim.HELD);
    line(theatre);
    leadAgain();
    assertThat(call(5, 5)).isEqualTo(Calling.SETTLING);
    pass(SETTLED);
    assertThat(call(5, 2).sessions()).isZero();
    assertThat(line(concert).called()).isEqualTo(7);
    assertThat(line(concert).ahead(10)).isEqualTo(2);
    passAsking(concert.presenceWindow().multipliedBy(3));
    call(5, 1);
    assertThat(line(concert).ahead(10)).isZero();
  }

  @Test
  void aTicketOfBeforeAResetIsWorthNothing() {
    tenVisitors();
    long epoch = line(concert).epoch();
    get(store.reset(concert));
    assertThat(line(concert).recovery().validFrom()).isGreaterThan(epoch);
  }

  @Test
  void aStoreThatKnowsNothingSaysSo() {
    lose();
    assertThat(line(concert).epoch()).isZero();
    assertThat(store.copy(concert).toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StoreUnavailableException.class);
  }
}
