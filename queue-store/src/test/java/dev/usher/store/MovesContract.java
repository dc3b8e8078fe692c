package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.upstream.Move;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.MoveStore.Outcome;
import dev.usher.store.upstream.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * What every store promises of places that are taken to another browser; a part of the one
 * contract.
 */
abstract class MovesContract extends LimitContract {
  private Outcome move(QueueStore at, long number, int generation, String by) {
    return get(
        at.move("shop", new Move("concert", line(concert).epoch(), 0, number, generation, by)));
  }

  private Moves since(QueueStore at, long known) {
    return get(at.moves("shop", new Moves.Since("concert", line(concert).epoch(), 0, known)));
  }

  @Test
  void ofTwoBrowsersWithOneLinkOneHasThePlaceHoweverOftenItAsks() {
    get(store.arrive(concert, newcomers(3)));
    assertThat(move(store, 2, 1, "a")).isEqualTo(Outcome.MOVED);
    assertThat(move(other, 2, 1, "b")).isEqualTo(Outcome.USED);
    assertThat(move(other, 2, 1, "a")).isEqualTo(Outcome.MOVED);
    assertThat(move(store, 2, 1, "")).isEqualTo(Outcome.USED);
    assertThat(line(concert).counts().moves()).isEqualTo(1);
  }

  @Test
  void whoGivesNoNameIsNotToldTwice() {
    get(store.arrive(concert, newcomers(1)));
    assertThat(move(store, 1, 1, "")).isEqualTo(Outcome.MOVED);
    assertThat(move(store, 1, 1, "")).isEqualTo(Outcome.USED);
  }

  @Test
  void aPlaceMovesOnAndNeverBack() {
    get(store.arrive(concert, newcomers(1)));
    assertThat(move(store, 1, 1, "a")).isEqualTo(Outcome.MOVED);
    assertThat(move(other, 1, 2, "b")).isEqualTo(Outcome.MOVED);
    assertThat(move(store, 1, 1, "a")).isEqualTo(Outcome.USED);
    // The link of a browser of which a store has lost that it has the place.
    assertThat(move(store, 1, 5, "c")).isEqualTo(Outcome.MOVED);
    assertThat(move(store, 1, 3, "d")).isEqualTo(Outcome.USED);
    assertThat(since(other, 0)).isEqualTo(new Moves(3, Map.of(1L, 5)));
  }

  @Test
  void eachReplicaHearsOnlyWhatIsNew() {
    get(store.arrive(concert, newcomers(9)));
    assertThat(line(concert).counts().moves()).isZero();
    assertThat(since(other, 0)).isEqualTo(new Moves(0, Map.of()));
    move(store, 7, 1, "a");
    move(store, 3, 1, "b");
    assertThat(since(other, 0)).isEqualTo(new Moves(2, Map.of(7L, 1, 3L, 1)));
    assertThat(since(other, 1)).isEqualTo(new Moves(2, Map.of(3L, 1)));
    move(other, 7, 2, "c");
    assertThat(line(concert).counts().moves()).isEqualTo(3);
    assertThat(since(store, 2)).isEqualTo(new Moves(3, Map.of(7L, 2)));
    assertThat(since(store, 3)).isEqualTo(new Moves(3, Map.of()));
    // Who knows of more than there were asked a store that has lost them.
    assertThat(since(store, 4)).isEqualTo(new Moves(3, Map.of(3L, 1, 7L, 2)));
    assertThat(get(store.line(theatre)).counts().moves()).isZero();
  }

  @Test
  void whoIsInsideOrHasLeftHasNoPlaceToMove() {
    get(store.arrive(concert, newcomers(3)));
    call(1, 1);
    claim(1, 1);
    get(store.leave(concert, place(3)));
    assertThat(move(other, 1, 1, "a")).isEqualTo(Outcome.INSIDE);
    assertThat(move(other, 3, 1, "a")).isEqualTo(Outcome.OVER);
    get(store.leave(concert, place(1)));
    assertThat(move(other, 1, 1, "a")).isEqualTo(Outcome.OVER);
    assertThat(line(concert).counts().moves()).isZero();
  }

  @Test
  void whoWasToldThatThePlaceIsTheirsIsToldSoAlsoOnceInside() {
    get(store.arrive(concert, newcomers(1)));
    assertThat(move(store, 1, 1, "a")).isEqualTo(Outcome.MOVED);
    call(1, 1);
    claim(1, 1);
    assertThat(move(store, 1, 1, "a")).isEqualTo(Outcome.MOVED);
    assertThat(move(store, 1, 2, "b")).isEqualTo(Outcome.INSIDE);
  }

  @Test
  void aMovedPlaceIsCalledAndClaimedLikeAnyOther() {
    get(store.arrive(concert, newcomers(3)));
    move(store, 2, 1, "a");
    assertThat(line(concert).ahead(3)).isEqualTo(2);
    assertThat(call(2, 2).called()).isEqualTo(2);
    claim(2, 2);
    assertThat(get(other.claim(concert, place(3)))).isEqualTo(Claim.NOT_CALLED);
  }

  @Test
  void inTheNextEpochNothingIsMovedAndNothingOfTheLastOneMoves() {
    get(store.arrive(concert, newcomers(2)));
    Move late = new Move("concert", line(concert).epoch(), 0, 2, 1, "a");
    move(store, 1, 1, "a");
    pass(Duration.ofSeconds(2));
    get(store.reset(concert));
    assertThat(get(store.move("shop", late))).isEqualTo(Outcome.OVER);
    assertThat(line(concert).counts().moves()).isZero();
    assertThat(since(store, 0)).isEqualTo(new Moves(0, Map.of()));
    get(store.arrive(concert, newcomers(1)));
    assertThat(move(store, 1, 1, "b")).isEqualTo(Outcome.MOVED);
    assertThat(since(store, 0)).isEqualTo(new Moves(1, Map.of(1L, 1)));
  }

  @Test
  void aLineKeepsAccountOfSoManyMovedPlacesAndTellsThemInPieces() {
    get(store.arrive(concert, newcomers(60_000)));
    get(store.arrive(concert, newcomers(60_000)));
    long epoch = line(concert).epoch();
    for (int from = 1; from <= MoveStore.MOVED_MAX; from += 1000) {
      List<CompletionStage<Outcome>> asked = new ArrayList<>();
      for (int number = from; number < from + 1000; number++) {
        asked.add(store.move("shop", new Move("concert", epoch, 0, number, 1, "a")));
      }
      asked.forEach(each -> assertThat(get(each)).isEqualTo(Outcome.MOVED));
    }
    assertThat(move(store, MoveStore.MOVED_MAX + 1, 1, "a")).isEqualTo(Outcome.FULL);
    assertThat(move(store, 1, 2, "a")).isEqualTo(Outcome.MOVED);
    Moves first = since(other, 0);
    assertThat(first.generations()).hasSize(MoveStore.TOLD_MAX).containsEntry(2L, 1);
    Moves last = since(other, MoveStore.MOVED_MAX - 2);
    assertThat(last)
        .isEqualTo(new Moves(MoveStore.MOVED_MAX + 1, Map.of(99_999L, 1, 100_000L, 1, 1L, 2)));
    assertThat(since(other, first.upTo()).generations()).doesNotContainKey(first.upTo());
  }

  @Test
  void aMoveThatNoStoreCouldKeepIsRefused() {
    assertThatThrownBy(() -> move(store, 1, 101, "a"))
        .hasMessageContaining("must be 1 to 100 but was 101");
    assertThatThrownBy(() -> move(store, 1, 1, "a b"))
        .hasMessageContaining("must be letters and digits");
  }
}
