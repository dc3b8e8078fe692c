package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code usher plan FILE} prints, and how it ends. */
final class PlanCommandTest {
  private static final String SALE =
      "{name: sale, zone: Europe/Berlin, visitors: 150, opensAt: '2100-06-12T10:00'}";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of(".");

  @Test
  void itSaysWhenPodsWillBeAskedForAndWhatItGoesBy() throws IOException {
    Path file = file(SALE, "");
    assertThat(usher("plan", file.toString())).isZero();
    // 75 at a time on pods of five less a tenth: one to 17 are three looks of 15 s and a minute.
    assertThat(out.toString())
        .containsPattern(
            "EVENT +UPSTREAM +PHASE +PODS +RAISE AT +READY AT +PREQUEUE AT +OPENS AT +POD-MIN")
        .containsPattern(
            "concert/sale@2100-06-12 +shop +planned +17 +2100-06-12 09:53:15 +2100-06-12 09:55:00"
                + " +- +2100-06-12 10:00:00 Europe/Berlin")
        .contains(
            "150 visitors within 300 s, in sessions of 300 s (assumed until sessions are measured),"
                + " are 75 sessions at a time");
    out.getBuffer().setLength(0);
    assertThat(usher("plan", "--json", file.toString())).isZero();
    JsonObject told = new JsonObject(out.toString()).getJsonArray("events").getJsonObject(0);
    assertThat(told.getString("raiseAt")).isEqualTo("2100-06-12T07:53:15Z");
    assertThat(told.getInteger("pods")).isEqualTo(17);
    assertThat(told.getBoolean("readyInTime")).isTrue();
    assertThat(told.getJsonObject("terms").getBoolean("sessionsAssumed")).isTrue();
  }

  @Test
  void itSaysFromWhenOnPeopleGather() throws IOException {
    Path file = file(SALE.replace("}", ", preQueueAt: '2100-06-12T09:30'}"), "");
    assertThat(usher("plan", file.toString())).isZero();
    assertThat(out.toString()).containsPattern(" 2100-06-12 09:30:00 +2100-06-12 10:00:00 Europe");
  }

  @Test
  void aPlanThatWillNotDoEndsOtherwiseAndNamesTheSettingAsItIsWritten() throws IOException {
    Path file = file(SALE, ", scaling: {max: 9}");
    assertThat(usher("plan", file.toString())).isEqualTo(3);
    assertThat(out.toString())
        .contains(
            "warning: concert/sale@2100-06-12: it needs 17 pods and upstreams.shop.scaling.max is"
                + " 9: raise it");
    assertThat(usher("plan", "--json", file.toString())).isEqualTo(3);
    assertThat(usher("plan", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("3: pods will be late or missing at an opening");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 2})
  void anEventThatIsDueForItsPodsFailsNoPlan(int minutesAfterOpening) throws IOException {
    String opened =
        LocalDateTime.now(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .minusMinutes(minutesAfterOpening)
            .toString();
    String sale = "{name: sale, zone: UTC, visitors: 150, opensAt: '" + opened + "'}";
    assertThat(usher("plan", file(sale, "").toString())).isZero();
    assertThat(out.toString())
        .contains("warning: concert/sale@", "its pods should have been asked for at", "/api/events")
        .doesNotContain("expected to be ready");
  }

  @Test
  void whatIsMerelyToBeKnownIsNoFailure() throws IOException {
    String twice = SALE.replace("2100-06-12T10:00", "2100-10-31T02:30");
    assertThat(usher("plan", file(twice, "").toString())).isZero();
    assertThat(out.toString()).contains("warning: concert/sale@2100-10-31: clocks in");
  }

  @Test
  void whatIsOverIsSaidToBeAndNotPlanned() throws IOException {
    Path file = file(SALE.replace("2100", "2020"), ", scaling: {max: 9}");
    assertThat(usher("plan", file.toString())).isZero();
    assertThat(out.toString())
        .containsPattern(
            "concert/sale@2020-06-12 +shop +done +- +- +- +- +2020-06-12 10:00:00 Europe/Berlin"
                + " +-\n")
        .contains("concert/sale@2020-06-12: opened on 2020-06-12 10:00:00 Europe/Berlin: over\n")
        .contains("no later event is in the file")
        .doesNotContain("sessions at a time", "scaling.max");
  }

  @Test
  void itNeedsNeitherKeysNorOtherFiles() throws IOException {
    String secrets =
        """
        store: {redis: {url: 'redis://redis:6379', ca: /nowhere/ca.pem}}
        ops: {tokenFile: /nowhere/tokens}
        listen: {tls: {certificate: /nowhere/tls.crt, key: /nowhere/tls.key}}
        """;
    String keys = "keys: {file: /nowhere/keys}\n";
    assertThat(usher("plan", append(file(SALE, ""), secrets).toString())).isZero();
    assertThat(usher("plan", append(file(SALE, ""), secrets + keys).toString())).isZero();
    assertThat(err.toString()).isEmpty();
    Path file = append(file(SALE, ""), keys);
    assertThat(usher("check", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "keys.file must be a text file that this process can read but was \"/nowhere/keys\","
                + " which is not there: \"usher key\" prints a key for it; where the keys are not,"
                + " check everything else by USHER_KEY=$(usher key) usher check FILE ("
                + file
                + ":3)");
  }

  @Test
  void whereThereIsNothingToAskKubernetesThatIsSaid() throws IOException {
    Path file = file(SALE, "");
    assertThat(usher("plan", "--json", "--kubernetes", file.toString())).isZero();
    assertThat(err.toString()).isEqualTo(Console.NOT_ASKED + "\n");
    assertThat(new JsonObject(out.toString()).getJsonArray("events")).hasSize(1);
    assertThat(usher("check", "--kubernetes", file.toString())).isZero();
    assertThat(out.toString()).endsWith(Console.NOT_ASKED + "\n").doesNotContain("all that is");
  }

  @Test
  void ofAFileWithoutEventsItSaysSoAndOfAWrongOneWhatIsWrong() throws IOException {
    assertThat(usher("plan", file("", "").toString())).isZero();
    assertThat(out.toString()).startsWith("No events");
    assertThat(usher("plan", append(file("", ""), "roms: {}\n").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("roms is not a setting");
  }

  private int usher(String... args) {
    CommandLine commands = Main.commands(new ConfigReader(Map.of()), (config, file) -> {});
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }

  /** A shop of three pods and one room with these events. */
  private Path file(String events, String upstream) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.yaml"),
        "upstreams: {shop: {pods: [http://a, http://b, http://c], sessionsPerPod: 5"
            + upstream
            + "}}\nrooms: {concert: {events: ["
            + events
            + "]}}\n");
  }

  private static Path append(Path file, String more) throws IOException {
    return Files.writeString(file, Files.readString(file) + more);
  }
}
