package dev.usher.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The whole of a room on virtual time: doorkeepers, replicas and a crowd that lives its life. */
final class WholeRoomTest {
  private final Stage stage = new Stage();

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void whateverTheCrowdDoesEveryoneWhoStaysGetsIn(@ForAll long seed) {
    Stage play = new Stage();
    Random random = new Random(seed);
    play.capacity = 20L + random.nextInt(30);
    Crowd crowd = new Crowd(play, seed);
    crowd.arrive(200, Duration.ofSeconds(1));
    crowd.arrive(100, Duration.ofMinutes(3));
    for (int minute = 0; minute < 30; minute++) {
      crowd.run(Duration.ofSeconds(30));
      play.capacity = random.nextInt(5) == 0 ? random.nextInt(5) : 20L + random.nextInt(50);
    }
    play.capacity = 60;
    crowd.run(Duration.ofMinutes(5));
    assertThat(crowd.members.stream().filter(member -> member.stays))
        .allMatch(member -> member.admittedAt > 0);
    assertThat(crowd.line().counts().waiting()).isZero();
  }

  @Example
  void whoCameBeforeIsInBeforeButForTheTimeBetweenTwoPolls() {
    stage.capacity = 50;
    Crowd crowd = new Crowd(stage, 7);
    for (int i = 0; i < 400; i++) {
      crowd.add(new Member(stage.now + i * 10L, true, 20_000));
    }
    crowd.run(Duration.ofMinutes(5));
    List<Member> members = crowd.members;
    for (int i = 0; i + 50 < members.size(); i++) {
      assertThat(members.get(i).admittedAt)
          .isPositive()
          .isLessThan(members.get(i + 50).admittedAt + 25_000);
    }
  }

  @Example
  void aHundredPlacesFreedAtOnceAreTakenWithinTwoPolls() {
    stage.capacity = 100;
    Crowd crowd = new Crowd(stage, 1);
    for (int i = 0; i < 1000; i++) {
      crowd.add(new Member(stage.now + i, true, i < 100 ? 60_000 : 3_600_000));
    }
    crowd.run(Duration.ofSeconds(59));
    assertThat(crowd.line().called()).isEqualTo(100);
    // The next hundred are told to come every 1.25 to 20 s; those who were in, leave.
    crowd.run(Duration.ofSeconds(12));
    long freed = stage.now;
    crowd.run(Duration.ofSeconds(50));
    assertThat(crowd.line().counts().sessions()).isEqualTo(100);
    long lastIn = crowd.members.stream().mapToLong(member -> member.admittedAt).max().orElseThrow();
    assertThat(lastIn - freed).isLessThan(50_000);
  }

  @Example
  void theHeadOfTheQueueLeavingStallsNobody() {
    stage.capacity = 0;
    Crowd crowd = new Crowd(stage, 1);
    // The first 300 vanish without a word; the 100 behind them stay.
    for (int i = 0; i < 400; i++) {
      crowd.add(new Member(stage.now + i, i >= 300, 600_000));
    }
    crowd.run(Duration.ofMinutes(5));
    assertThat(crowd.line().counts().waiting()).isEqualTo(100);
    stage.capacity = 100;
    crowd.run(Duration.ofSeconds(25));
    assertThat(crowd.line().counts().sessions()).isEqualTo(100);
  }
}
