package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.sim.scenario.Scenario;
import dev.usher.sim.scenario.Scenarios;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void allScenariosAreListed() {
    assertThat(execute("list")).isZero();
    assertThat(out.toString()).contains(Scenarios.all().stream().map(Scenario::name).toList());
  }

  @Test
  void aScenarioThatIsNoneIsAnsweredWithThoseThatAre() {
    assertThat(execute("run", "crowd")).isEqualTo(2);
    assertThat(err.toString())
        .contains("A scenario must be one of [crowd-warm")
        .contains("\"crowd\"");
  }

  @Test
  void aRunPrintsWhatIsKeptAndWhatIsMissed() {
    int exit = execute("run", "one-cold-pod", "--seed", "2");
    assertThat(out.toString())
        .contains("one-cold-pod, Usher, seed 2")
        .contains("visitors lost: ")
        .contains(exit == 0 ? "kept" : "MISSED");
  }

  private int execute(String... arguments) {
    CommandLine commands = Main.commands();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }
}
