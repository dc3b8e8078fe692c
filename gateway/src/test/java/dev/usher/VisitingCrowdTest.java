package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Place;
import dev.usher.visit.Ask;
import dev.usher.visit.Diary;
import dev.usher.visit.Findings;
import dev.usher.visit.Habits;
import dev.usher.visit.LinePromises;
import dev.usher.visit.Manners;
import dev.usher.visit.PlacesTold;
import dev.usher.visit.Site;
import dev.usher.visit.VisitCrowd;
import dev.usher.visit.VisitTokens;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd as the plays with faults and those on a cluster send it, at one gateway. */
class VisitingCrowdTest {
  private static final int VISITORS = 12;
  private static final int PLACES = 4;

  @TempDir private Path folder = Path.of(".");

  @Test
  void everybodyComesInHasPagesAndLeavesAndNobodyBefore() {
    Vertx vertx = Vertx.vertx();
    Diary diary = new Diary(System::currentTimeMillis);
    try (Stage stage = new Stage(folder)) {
      int port =
          stage
              .gateway(
                  Stage.LASTING
                      + Stage.shop(stage.pod(), PLACES)
                      + "rooms: {concert: {poll: {min: 200ms, max: 1s}, offer: 5s}}")
              .port();
      Manners manners =
          new Manners(VisitTokens.ROOM, "/seats", Duration.ofSeconds(15), 500, 100, true);
      VisitCrowd crowd = new VisitCrowd(vertx, diary, at(port), manners);
      crowd.stay(true);
      crowd.come(Habits.steady(VISITORS, 200, 3), new SplittableRandom(1));
      Stage.until("the house is full", () -> served(diary) == PLACES);
      assertThat(crowd.present()).isEqualTo(VISITORS);
      crowd.stay(false);
      Stage.until("everybody has left", () -> crowd.present() == 0);
    } finally {
      vertx.close().await();
    }
    assertThat(served(diary)).isEqualTo(VISITORS);
    Findings findings = new Findings();
    LinePromises.check(diary, entry -> false, findings);
    PlacesTold.check(diary, entry -> false, findings);
    assertThat(findings.isEmpty()).withFailMessage(findings::toString).isTrue();
  }

  private static Site at(int port) {
    return new Site() {
      @Override
      public int doors() {
        return 1;
      }

      @Override
      public SocketAddress door(int number) {
        return SocketAddress.inetSocketAddress(port, "127.0.0.1");
      }
    };
  }

  private static int served(Diary diary) {
    Set<Place> places = new HashSet<>();
    diary.entries().stream()
        .filter(each -> each.ask() == Ask.BROWSE && each.answer().status() == 200)
        .forEach(each -> places.add(each.place()));
    return places.size();
  }
}
