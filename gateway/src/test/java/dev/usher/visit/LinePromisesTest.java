package dev.usher.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import dev.usher.visit.VisitAnswer.State;
import org.junit.jupiter.api.Test;

/** Each promise is seen to be broken where it is, and kept where it is. */
class LinePromisesTest {
  private long now;
  private final Diary diary = new Diary(() -> now);

  private void told(long at, int visitor, Told told, Place place) {
    now = at;
    VisitAnswer answer = new VisitAnswer(200, told.state(), told.ahead(), 0, false, null, null);
    diary.write(new DiaryEntry(visitor, told.ask(), 0, at - 1, at, answer, place));
  }

  /** How somebody who asked stands. */
  private record Told(Ask ask, State state, long ahead) {}

  private static Told waiting(long ahead) {
    return new Told(Ask.POLL, State.WAITING, ahead);
  }

  private static Told standing(State state) {
    return new Told(Ask.POLL, state, -1);
  }

  private static Told browsing(Told told) {
    return new Told(Ask.BROWSE, told.state(), told.ahead());
  }

  private static Place place(long epoch, long number) {
    return new Place(VisitTokens.ROOM, epoch, 0, number);
  }

  private String broken() {
    Findings findings = new Findings();
    LinePromises.check(diary, entry -> entry.door() != 0, findings);
    return findings.isEmpty() ? "" : findings.toString();
  }

  @Test
  void nothingIsBrokenForThoseWhoComeInOneAfterTheOther() {
    told(10, 1, waiting(0), place(1, 1));
    told(20, 2, waiting(1), place(1, 2));
    told(3000, 1, standing(State.CALLED), place(1, 1));
    told(3010, 1, standing(State.ADMITTED), place(1, 1));
    told(3020, 1, browsing(standing(State.ADMITTED)), place(1, 1));
    told(6000, 2, waiting(0), place(1, 2));
    assertThat(broken()).isEmpty();
  }

  @Test
  void aNumberGivenToTwoIsSeen() {
    told(10, 1, waiting(0), place(1, 1));
    told(20, 2, waiting(0), place(1, 1));
    assertThat(broken()).contains("no number is given twice");
  }

  @Test
  void whoeverIsPassedIsSeen() {
    told(10, 1, waiting(0), place(1, 1));
    told(20, 2, standing(State.CALLED), place(1, 2));
    told(500, 1, waiting(0), place(1, 1));
    assertThat(broken()).isEmpty();
    told(5000, 1, waiting(0), place(1, 1));
    assertThat(broken()).contains("who waits is not passed by a later number");
  }

  @Test
  void aPositionThatRisesIsSeen() {
    told(10, 1, waiting(4), place(1, 5));
    told(20, 1, waiting(5), place(1, 5));
    assertThat(broken()).contains("the position of who stays never rises");
  }

  @Test
  void aPlaceThatIsLostOrAnotherIsSeen() {
    told(10, 1, waiting(4), place(1, 5));
    told(20, 1, standing(State.NONE), place(1, 5));
    assertThat(broken()).contains("nobody with a place is told to start anew");
    told(30, 1, waiting(4), place(1, 6));
    assertThat(broken()).contains("a place is kept as long as its epoch");
  }

  @Test
  void whoeverIsSentBackFromInsideIsSeen() {
    told(10, 1, standing(State.ADMITTED), place(1, 1));
    told(20, 1, browsing(standing(State.ADMITTED)), place(1, 1));
    told(30, 1, browsing(waiting(7)), place(1, 1));
    assertThat(broken()).contains("nobody inside is sent back to the line");
  }

  @Test
  void aNewEpochThatTurnsTheOrderRoundIsSeen() {
    told(10, 1, waiting(0), place(1, 1));
    told(20, 2, waiting(1), place(1, 2));
    told(30, 2, waiting(0), place(2, 1));
    told(40, 1, waiting(-1), place(2, 2));
    assertThat(broken()).contains("a new epoch keeps the old order");
  }
}
