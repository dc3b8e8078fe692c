package dev.usher.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.drill.http.Trouble;
import dev.usher.forecast.WaitDiary;
import dev.usher.forecast.WaitRange;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
  private static List<String> broken(Outcome outcome, @Nullable Outcome bare) {
    return new Report(outcome, bare)
        .promises().stream().filter(p -> !p.kept()).map(Promise::words).toList();
  }

  private static OpsSample sessions(long sessions, long capacity) {
    return new OpsSample(capacity, sessions, 70, 2);
  }

  @Test
  void aGoodDayBreaksNoPromise() {
    assertThat(broken(Outcomes.of(1_900, null, List.of(sessions(20, 20))), null)).isEmpty();
  }

  @Test
  void whatCameOfTheWaitsThatWereToldIsReported() {
    Outcome outcome = Outcomes.of(1, null, List.of());
    assertThat(new Report(outcome, null).text()).doesNotContain("waits told");
    for (long wait : new long[] {40_000, 70_000, 100_000, 200_000}) {
      WaitDiary diary = new WaitDiary();
      diary.told(0, new WaitRange(60_000, 80_000));
      diary.comesIn(wait, outcome.waits());
    }
    new WaitDiary().comesIn(90_000, outcome.waits());
    assertThat(new Report(outcome, null).text())
        .containsPattern(
            "waits told +count +held % +sooner % +halved % +width %\\n"
                + " +arrival +4 +25.0 +25.0 +25.0 +28.6\\n")
        .contains("told after 0.0 s on average; 1 came in who were told nothing");
    assertThat(new Report(outcome, null).json().getJsonObject("waits").getJsonObject("arrival"))
        .isEqualTo(
            new JsonObject()
                .put("count", 4L)
                .put("held", 0.25)
                .put("tooLong", 0.25)
                .put("halved", 0.25)
                .put("width", (double) (20_000f / 70_000)));
  }

  @Test
  void eachTroubleBreaksItsPromise() {
    assertThat(broken(Outcomes.of(1, Trouble.REFUSED, List.of()), null))
        .containsExactly("no connection errors");
    assertThat(broken(Outcomes.of(1, Trouble.SERVER_ERROR, List.of()), null))
        .containsExactly("no 5xx");
    assertThat(broken(Outcomes.of(1, Trouble.SENT_BACK, List.of()), null))
        .containsExactly("no other trouble");
  }

  @Test
  void ticketsMayTakeLongerOnlyWhereABareServerDoesToo() {
    Outcome slow = Outcomes.of(2_800, null, List.of());
    assertThat(broken(slow, null)).hasSize(1);
    assertThat(broken(slow, Outcomes.of(1_000, null, List.of()))).hasSize(1);
    assertThat(broken(slow, Outcomes.of(1_900, null, List.of()))).isEmpty();
  }

  @Test
  void sessionsAboveCapacityBreakThePromiseButALostPodDoesNot() {
    assertThat(broken(Outcomes.of(1, null, List.of(sessions(21, 20))), null))
        .containsExactly("sessions never exceed capacity");
    assertThat(broken(Outcomes.of(1, null, List.of(sessions(20, 20), sessions(20, 10))), null))
        .isEmpty();
  }

  @Test
  void theTextNamesWhatHappened() {
    String text = new Report(Outcomes.of(1, Trouble.CUT_OFF, List.of()), null).text();
    assertThat(text).contains("100 visitors").containsPattern("cut off +3").contains("BROKEN");
  }

  @Test
  void theFilesAreWhatTheirNamesSay(@TempDir Path dir) throws Exception {
    Outcome crowd = Outcomes.of(1, null, List.of(sessions(5, 20), sessions(20, 20)));
    new Report(crowd, Outcomes.of(1, null, List.of())).write(dir);

    JsonObject json = new JsonObject(read(dir.resolve("report.json")));
    assertThat(json.getJsonObject("counts").getLong("arrived")).isEqualTo(100);
    assertThat(json.getJsonArray("course")).hasSize(2);
    assertThat(json.getJsonObject("bare")).isNotNull();
    byte[] svg = read(dir.resolve("report.svg")).getBytes(StandardCharsets.UTF_8);
    Document chart =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    assertThat(chart.getElementsByTagName("polyline").getLength()).isEqualTo(8);
    assertThat(read(dir.resolve("report.txt"))).contains("everyone holds a ticket");
    assertThat(read(dir.resolve("pages.csv")).lines())
        .containsExactly("asked_at_seconds,milliseconds", "2.500,12.250");
  }

  @Test
  void metricsAreSummedOverTheirLabels() {
    OpsSample sample =
        OpsMetrics.read(
            """
            # HELP usher_sessions sessions
            usher_sessions{room="a"} 12.0
            usher_sessions{room="b"} 3.0
            usher_sessions_total{room="b"} 99.0
            usher_capacity_sessions{upstream="shop"} 200.0
            usher_waiting_visitors 14800
            """);
    assertThat(sample).isEqualTo(new OpsSample(200, 15, 14_800, 0));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
