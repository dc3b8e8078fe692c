package dev.usher.room.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class BatcherTest {
  private static CompletionStage<List<String>> answered(List<String> questions) {
    return CompletableFuture.completedFuture(questions);
  }

  /** Asks once what is answered so, then what is answered well. */
  private static void failsAndGoesOn(Function<List<String>, CompletionStage<List<String>>> badly) {
    CompletableFuture<List<String>> late = new CompletableFuture<>();
    int[] asked = {0};
    Batcher<String, String> many =
        new Batcher<>(
            10,
            questions ->
                switch (asked[0]++) {
                  case 0 -> late;
                  case 1 -> badly.apply(questions);
                  default -> answered(questions);
                });
    CompletionStage<String> first = many.ask("first");
    CompletionStage<String> second = many.ask("second");
    CompletionStage<String> third = many.ask("third");
    late.complete(List.of("first"));
    assertThat(first.toCompletableFuture()).isCompletedWithValue("first");
    assertThat(second.toCompletableFuture()).isCompletedExceptionally();
    assertThat(third.toCompletableFuture()).isCompletedExceptionally();
    assertThat(many.ask("fourth").toCompletableFuture()).isCompletedWithValue("fourth");
  }

  @Test
  void whatFailsInsteadOfAnsweringStopsNobodyWhoAsksAfterwards() {
    failsAndGoesOn(
        questions -> {
          throw new IllegalStateException("a bug");
        });
  }

  @Test
  void tooFewAnswersAreNone() {
    failsAndGoesOn(questions -> answered(questions.subList(0, 1)));
  }
}
