package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import dev.usher.store.SessionStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LatecomersTest {
  private final List<Place> asked = new ArrayList<>();
  private CompletableFuture<SessionStanding> answer =
      CompletableFuture.completedFuture(SessionStanding.COUNTED);
  private final Latecomers late =
      new Latecomers(
          place -> {
            asked.add(place);
            return answer;
          });

  private static Place place(long number) {
    return new Place("concert", 1, 0, number);
  }

  @Test
  void theStoreIsAskedOnceWhileItsAnswerIsOnItsWay() {
    answer = new CompletableFuture<>();
    var first = late.ask(place(1), 1000);
    // A slow store is not asked more because it is slow.
    var second = late.ask(place(1), 9000);
    assertThat(late.known(place(1), 9000)).isNull();
    assertThat(late.mayAsk(place(1), 9000)).isTrue();
    assertThat(asked).hasSize(1);
    answer.complete(SessionStanding.LEFT);
    assertThat(first.toCompletableFuture()).isCompletedWithValue(SessionStanding.LEFT);
    assertThat(second.toCompletableFuture()).isCompletedWithValue(SessionStanding.LEFT);
  }

  @Test
  void anAnswerIsBelievedForASecondFromWhenItWasAskedFor() {
    late.ask(place(1), 1000);
    assertThat(late.known(place(1), 1999)).isEqualTo(SessionStanding.COUNTED);
    assertThat(late.mayAsk(place(1), 1999)).isFalse();
    assertThat(late.known(place(1), 2000)).isNull();
    assertThat(late.mayAsk(place(1), 2000)).isTrue();
    late.ask(place(1), 2000);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatTheStoreDidNotAnswerIsNotAskedAgainAtOnce() {
    answer = CompletableFuture.failedFuture(new IllegalStateException("away"));
    late.ask(place(1), 1000);
    assertThat(late.known(place(1), 1500)).isNull();
    assertThat(late.mayAsk(place(1), 1500)).isFalse();
    assertThat(late.mayAsk(place(1), 2000)).isTrue();
  }

  @Test
  void aStoreThatThrowsIsAskedAgainLikeOneThatFails() {
    Latecomers thrown =
        new Latecomers(
            place -> {
              asked.add(place);
              throw new IllegalStateException("a bug");
            });
    assertThat(thrown.ask(place(1), 1000).toCompletableFuture()).isCompletedExceptionally();
    assertThat(thrown.mayAsk(place(1), 2000)).isTrue();
    thrown.ask(place(1), 2000);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoLeftIsNotBelievedToBeInside() {
    late.ask(place(1), 1000);
    late.forget(place(1));
    assertThat(late.known(place(1), 1001)).isNull();
  }

  @Test
  void manyStrangersAreNotAskedForInOneSecond() {
    for (long n = 1; n <= 2L * Latecomers.MOST; n++) {
      if (late.mayAsk(place(n), 1000)) {
        late.ask(place(n), 1000);
      }
    }
    assertThat(asked).hasSize(Latecomers.MOST);
    assertThat(late.mayAsk(place(1_000_000), 1500)).isFalse();
    assertThat(late.mayAsk(place(1_000_000), 2000)).isTrue();
  }
}
