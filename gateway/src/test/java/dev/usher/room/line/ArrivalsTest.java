package dev.usher.room.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.room.FlakyQueueStore;
import dev.usher.room.Stage;
import dev.usher.room.line.Arrivals.Later;
import dev.usher.room.line.Arrivals.Numbered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private final Stage stage = new Stage();
  private final FlakyQueueStore store = new FlakyQueueStore(stage.store, 1);
  private final Arrivals arrivals =
      new Arrivals(
          Stage.CONCERT,
          store,
          new StandbyList(Stage.CONCERT, store, new Questions(1)),
          () -> 1_000_000);

  @Test
  void oneVisitorAloneWaitsForNobody() {
    assertThat(numberOf(arrivals.arrive(0))).isEqualTo(1);
    assertThat(numberOf(arrivals.arrive(0))).isEqualTo(2);
    assertThat(store.calls).isEqualTo(2);
  }

  @Test
  void aCrowdOfFifteenThousandCostsThreeCallsAndIsNumberedInOrder() {
    store.slow = true;
    List<CompletionStage<?>> crowd = arrive(15_000);
    assertThat(store.calls).isEqualTo(1);
    store.answerTheLate();
    assertThat(store.calls).isEqualTo(3);
    for (int i = 0; i < crowd.size(); i++) {
      assertThat(numberOf(crowd.get(i))).isEqualTo(i + 1);
    }
  }

  @Test
  void aStoreThatFailsMakesThoseStandByForWhomItWasAskedAndNobodyElse() {
    store.slow = true;
    List<CompletionStage<?>> before = arrive(1);
    List<CompletionStage<?>> during = arrive(3);
    store.away = true;
    store.answerTheLate();
    store.away = false;
    List<CompletionStage<?>> after = arrive(2);
    store.answerTheLate();
    assertThat(numberOf(before.get(0))).isEqualTo(1);
    assertThat(during).allMatch(each -> each.toCompletableFuture().getNow(null) instanceof Later);
    assertThat(numberOf(after.get(0))).isEqualTo(2);
    assertThat(numberOf(after.get(1))).isEqualTo(3);
  }

  @Test
  void twoAnswersLostInARowLeaveNobodyInLineButWhoCame() {
    numberOf(arrivals.arrive(0));
    store.mute = true;
    for (int lost = 0; lost < 3; lost++) {
      arrivals.arrive(0);
    }
    store.mute = false;
    numberOf(arrivals.arrive(0));
    stage.capacity = 0;
    stage.replica("leader", 0).tick(); // from then on those count whose answers were heard
    assertThat(stage.store.line(Stage.CONCERT).toCompletableFuture().join().counts().waiting())
        .isEqualTo(2);
  }

  @Test
  void numbersFollowTheOrderInWhichEachThreadAskedAndNoneIsGivenTwice()
      throws InterruptedException, ExecutionException {
    int each = 20_000;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<List<CompletionStage<?>>>> crowds = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      crowds.add(threads.submit(() -> arrive(each)));
    }
    Set<Long> all = new HashSet<>();
    for (Future<List<CompletionStage<?>>> crowd : crowds) {
      long last = 0;
      for (CompletionStage<?> one : crowd.get()) {
        one.toCompletableFuture().get();
        long number = numberOf(one);
        assertThat(number).isGreaterThan(last);
        assertThat(all.add(number)).isTrue();
        last = number;
      }
    }
    threads.shutdown();
    assertThat(all).hasSize(8 * each);
  }

  @Test
  void newcomersWhoKeepComingWhileTheStoreAnswersAtOnceDoNotPileUpOnTheStack() {
    int crowd = 50_000;
    List<CompletionStage<?>> all = new ArrayList<>();
    store.meanwhile =
        () -> {
          if (all.size() < crowd) {
            all.add(arrivals.arrive(0));
          }
        };
    arrivals.arrive(0);
    assertThat(all).hasSize(crowd);
    for (int i = 0; i < crowd; i++) {
      assertThat(numberOf(all.get(i))).isEqualTo(i + 2);
    }
  }

  private List<CompletionStage<?>> arrive(int count) {
    List<CompletionStage<?>> crowd = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      crowd.add(arrivals.arrive(0));
    }
    return crowd;
  }

  private static long numberOf(CompletionStage<?> arrival) {
    Object given = arrival.toCompletableFuture().getNow(null);
    assertThat(given).isInstanceOf(Numbered.class);
    return ((Numbered) Objects.requireNonNull(given)).ticket().place().number();
  }
}
