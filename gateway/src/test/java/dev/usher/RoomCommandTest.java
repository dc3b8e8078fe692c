package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.room.RoomCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator types, against a running gateway. */
class RoomCommandTest {
  private static final Map<String, String> SECRET =
      Map.of("USHER_OPS_TOKEN", "anna:" + Stage.TOKEN);

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);
  private Operator operator = new Operator(0);
  private String ops = "";
  private String said = "";

  @BeforeEach
  void set() {
    stage = new Stage(folder);
    Gateway gateway = stage.gateway(Stage.shop(stage.pod(), 1) + "rooms: {concert: {}}");
    operator = new Operator(gateway);
    ops = "127.0.0.1:" + gateway.opsPort();
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  private int types(String... words) {
    return types(SECRET, words);
  }

  private int types(Map<String, String> environment, String... words) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new RoomCommand(environment));
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--ops", ops));
    int exit = command.execute(all.toArray(String[]::new));
    said = out.toString();
    return exit;
  }

  private Object live(String name) {
    return String.valueOf(operator.room().getJsonObject("live").getValue(name));
  }

  @Test
  void eachActionDoesWhatItSaysAndTellsIt() {
    assertThat(types("concert", "pause", "--message", "Back soon")).isZero();
    assertThat(said)
        .contains("Done: it touches 0 people. Room concert is paused, and says \"Back soon\".");
    assertThat(live("paused")).isEqualTo("true");
    assertThat(types("concert", "resume")).isZero();
    assertThat(said).contains("is open, without limits.");
    assertThat(types("concert", "message", "Hello")).isZero();
    assertThat(live("message")).isEqualTo("Hello");
    assertThat(types("concert", "message", "")).isZero();
    assertThat(types("concert", "limit", "--sessions", "40", "--per-minute", "120")).isZero();
    assertThat(said).contains("limited to 40 sessions, limited to 120 visitors a minute");
    assertThat(types("concert", "limit", "--sessions", "none")).isZero();
    assertThat(live("sessions") + " " + live("perMinute")).isEqualTo("null 120");
    assertThat(types("concert", "admit", "5")).isZero();
    assertThat(types("concert", "sold-out")).isZero();
    assertThat(live("soldOut")).isEqualTo("true");
    assertThat(types("concert", "sold-out", "--take-back")).isZero();
    assertThat(live("soldOut")).isEqualTo("false");
    assertThat(types("concert", "reset", "--confirm", "concert")).isZero();
    assertThat(said).contains("The line of room concert begins anew.");
    assertThat(types("concert", "pause", "--dry-run")).isZero();
    assertThat(said).contains("This would touch 0 people. Room concert would be");
    assertThat(live("paused")).isEqualTo("false");
  }

  @Test
  void whatTheGatewayRefusesIsSaidWithExitCodeOne() throws IOException {
    assertThat(types("opera", "pause")).isEqualTo(1);
    assertThat(said).contains("The room must be one of [concert] but was \"opera\"");
    assertThat(types("concert", "reset", "--confirm", "opera")).isEqualTo(1);
    assertThat(said).contains("Not confirmed", "must be the room's name, concert");
    assertThat(types(Map.of(), "concert", "pause")).isEqualTo(1);
    assertThat(said).contains("USHER_OPS_TOKEN", "--token-file");
    assertThat(types(Map.of("USHER_OPS_TOKEN", "wrong"), "concert", "pause")).isEqualTo(1);
    assertThat(said).contains("Not an operator's token");
    Path file = Files.writeString(folder.resolve("token"), "anna:" + Stage.TOKEN + "\n");
    assertThat(types(Map.of(), "concert", "pause", "--token-file", file.toString())).isZero();
    ops = "127.0.0.1:1";
    assertThat(types("concert", "pause")).isEqualTo(1);
    assertThat(said).contains("Nothing listens at");
  }

  @Test
  void aWrongCommandLineIsSaidWithExitCodeTwoAndNothingIsDone() {
    for (String[] wrong :
        new String[][] {
          {"concert"},
          {"concert", "stop"},
          {"concert", "admit"},
          {"concert", "admit", "-5"},
          {"concert", "admit", "many"},
          {"concert", "message"},
          {"concert", "limit"},
          {"concert", "limit", "--sessions", "few"},
          {"concert", "resume", "--message", "x"},
          {"concert", "pause", "--take-back"}
        }) {
      assertThat(types(wrong)).as(String.join(" ", wrong)).isEqualTo(2);
    }
    assertThat(live("since")).isEqualTo("null");
    assertThat(types("--help")).isZero();
    assertThat(said).contains("usher room NAME pause", "Exit code 0");
  }
}
