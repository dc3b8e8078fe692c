package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.upstream.Lease;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Where the contract is played: two rooms of one upstream, two replicas, the first of which leads.
 */
abstract class QueueStage {
  /** A replica whose first question for numbers was answered. */
  static final Heard HEARD = new Heard(1, 0, 0);

  static final Duration VALID = Duration.ofHours(1);

  final Queue concert = queue("shop", "concert");
  final Queue theatre = queue("shop", "theatre");

  QueueStore store;
  QueueStore other;
  Lease lease;

  /** The same queues as two replicas see them. */
  public abstract List<QueueStore> twoReplicas();

  /** Lets time pass in the store. */
  public abstract void pass(Duration time);

  static Newcomers newcomers(int count) {
    return Crowds.newcomers(count);
  }

  static Queue queue(String upstream, String room) {
    return new Queue(
        upstream, room, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  @BeforeEach
  final void lead() {
    List<QueueStore> replicas = twoReplicas();
    store = replicas.get(0);
    other = replicas.get(1);
    lease = get(store.lead("shop", VALID));
  }

  @AfterEach
  final void closeStores() {
    get(store.close());
    get(other.close());
  }

  final List<RoomWeight> shares() {
    return List.of(new RoomWeight(concert, 1), new RoomWeight(theatre, 1));
  }

  final Calling call(long capacity, int places) {
    return get(store.call(lease, budget(capacity, places, VALID), shares()));
  }

  /** A step that keeps so many of the offered places free. */
  final Calling callKeeping(long kept, long capacity, int places) {
    return get(store.call(lease, new Budget(capacity, places, kept, VALID), shares()));
  }

  static Budget budget(long capacity, int places, Duration validFor) {
    return new Budget(capacity, places, Budget.KEEP_ALL, validFor);
  }

  final void claim(int from, int to) {
    for (int n = from; n <= to; n++) {
      assertThat(get(store.claim(concert, place(n)))).isEqualTo(Claim.ADMITTED);
    }
  }

  /** As those do who are inside and whose answer was lost. */
  final void claimAgain(int from, int to) {
    for (int n = from; n <= to; n++) {
      assertThat(get(store.claim(concert, place(n)))).isEqualTo(Claim.INSIDE);
    }
  }

  final Line line(Queue queue) {
    return get(other.line(queue));
  }

  final Place place(long number) {
    return new Place("concert", line(concert).epoch(), 0, number);
  }

  final void seeWaiting(QueueStore by, int... numbers) {
    get(by.see(concert, new PresenceReport(line(concert).epoch(), 0, bits(numbers), Bits.NONE)));
  }

  final void seeInside(QueueStore by, int... numbers) {
    get(by.see(concert, new PresenceReport(line(concert).epoch(), 0, Bits.NONE, bits(numbers))));
  }

  static Bits bits(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return Bits.of(set);
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Stands by with this number of an older epoch of the concert. */
  static Standby held(long epoch, long number) {
    return Standby.holding(new Place("concert", epoch, 0, number));
  }

  /** The numbers of those who stand by for the concert, 0 for none yet. */
  final List<Long> numbers(Standby... them) {
    return get(store.enlist(concert, List.of(them), Duration.ZERO, HEARD)).numbers();
  }
}
