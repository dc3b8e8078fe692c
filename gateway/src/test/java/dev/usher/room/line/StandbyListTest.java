package dev.usher.room.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.room.Guest;
import dev.usher.room.Stage;
import dev.usher.token.ArrivalTicket;
import org.junit.jupiter.api.Test;

final class StandbyListTest {
  @Test
  void howeverManyComeWhileTheStoreIsAwayOnlySoManyAreRemembered() {
    Stage stage = new Stage();
    StandbyList standbys = new StandbyList(Stage.CONCERT, stage.store, new Questions(1));
    ArrivalTicket last = new ArrivalTicket("concert", stage.now, 1, 0);
    for (int i = 0; i < 100_010; i++) {
      last = new ArrivalTicket("concert", stage.now + i, 1, i);
      standbys.remember(last);
    }
    assertThat(standbys.untold()).isEqualTo(100_000);
    Guest.get(standbys.tell());
    assertThat(standbys.untold()).isZero();
    // Who was not remembered stands by as soon as they ask.
    assertThat(Guest.get(standbys.find(last)).place()).isNull();
  }
}
