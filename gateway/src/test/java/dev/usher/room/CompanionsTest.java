package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.doorkeeper.Replica;
import dev.usher.room.Decision.Admit;
import dev.usher.room.Decision.TakeNumber;
import dev.usher.room.Decision.Wait;
import dev.usher.store.Place;
import dev.usher.token.Pass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several requests of one browser, sent before any was answered, are one visitor. */
class CompanionsTest {
  private final Stage stage = new Stage();
  private final Replica one = open();

  private Replica open() {
    stage.capacity = 10;
    Replica replica = stage.replica("one", 0);
    replica.tick();
    replica.tick();
    return replica;
  }

  /** A pass whose session ended long ago. */
  private Pass spent(long number) {
    Place place = new Place("concert", one.room.line().epoch(), 0, number);
    return new Pass(place, 1_000_000, 1_000_000, 2_000_000);
  }

  private Decision asks(Intent intent, @Nullable Pass spent) {
    Visitor visitor = new Visitor(intent, null, null, spent, true, false);
    Decision decided = one.room.decide(visitor, stage.now);
    return decided instanceof TakeNumber d ? Guest.get(one.room.number(d, stage.now)) : decided;
  }

  @Test
  void callsWithTheSameSpentPassTakeOnePlaceTogether() {
    Set<Place> places = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      places.add(((Admit) asks(Intent.ENTER, spent(1_000))).pass().place());
    }
    assertThat(places).hasSize(1);
    assertThat(((Admit) asks(Intent.ENTER, spent(2_000))).pass().place()).isNotIn(places);
    // Whoever shows nothing is told from nobody.
    assertThat(((Admit) asks(Intent.ENTER, null)).pass().place()).isNotIn(places);
  }

  @Test
  void laterTheSamePassIsWorthAnotherPlace() {
    Pass pass = spent(1_000);
    Place first = ((Admit) asks(Intent.NAVIGATE, pass)).pass().place();
    stage.now += Companions.TOGETHER_MILLIS;
    one.tick();
    assertThat(((Admit) asks(Intent.NAVIGATE, pass)).pass().place()).isNotEqualTo(first);
  }

  @Test
  void noMoreTryThanMayComeInUntilTheNextStep() {
    List<Decision> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(asks(Intent.ENTER, null));
    }
    assertThat(all.stream().filter(d -> d instanceof Admit).count()).isBetween(1L, 10L);
    assertThat(all).noneMatch(d -> d instanceof Wait);
    one.tick();
    assertThat(one.room.line().issued()).isLessThanOrEqualTo(10);
  }
}
