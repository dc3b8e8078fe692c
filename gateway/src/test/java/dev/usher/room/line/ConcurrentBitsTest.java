package dev.usher.room.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Bits;
import dev.usher.store.Place;
import dev.usher.store.Queue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ConcurrentBitsTest {
  private static final int THREADS = 8;

  @Property(tries = 200)
  void whatWasMarkedIsTakenAndNothingElse(
      @ForAll @LongRange(max = Place.NUMBER_MAX - Queue.SPAN_MAX) long low,
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = Queue.SPAN_MAX) Long> span) {
    List<Long> numbers = span.stream().map(number -> low + number).toList();
    ConcurrentBits marks = new ConcurrentBits();
    numbers.forEach(marks::mark);
    Bits taken = marks.take();
    assertThat(taken.count()).isEqualTo(numbers.stream().distinct().count());
    assertThat(numbers).allMatch(taken::has);
  }

  @Test
  void aMarkIsTakenOnce() {
    ConcurrentBits marks = new ConcurrentBits();
    marks.mark(70_000);
    assertThat(marks.take().has(70_000)).isTrue();
    assertThat(marks.take().chunkCount()).isZero();
  }

  @Test
  void whatIsPutBackIsTakenAgain() {
    ConcurrentBits marks = new ConcurrentBits();
    long[] numbers = {1, 63, 64, 65_535, 65_536, 131_071, Queue.SPAN_MAX};
    for (long number : numbers) {
      marks.mark(number);
    }
    Bits untold = marks.take();
    marks.putBack(untold);
    Bits again = marks.take();
    assertThat(again.count()).isEqualTo(numbers.length);
    for (long number : numbers) {
      assertThat(again.has(number)).isTrue();
    }
  }

  @Test
  void eightThreadsAtOnceLoseNoMark() throws InterruptedException, ExecutionException {
    ConcurrentBits marks = new ConcurrentBits();
    int each = 60_000;
    AtomicInteger running = new AtomicInteger(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int mine = t;
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  marks.mark(1 + (long) i * THREADS + mine);
                }
                running.decrementAndGet();
              }));
    }
    BitSet told = new BitSet();
    while (running.get() > 0) {
      told.or(marks.take().toBitSet());
    }
    told.or(marks.take().toBitSet());
    for (Future<?> each1 : done) {
      each1.get();
    }
    threads.shutdown();
    assertThat(told.nextClearBit(1)).isEqualTo(1 + each * THREADS);
  }
}
