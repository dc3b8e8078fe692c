package dev.usher.sim.report;

import dev.usher.sim.scenario.GateKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The description of how everything was simulated. */
final class Method {
  private Method() {}

  /** The whole description, in Markdown. */
  static String text() throws IOException {
    try (InputStream in = Method.class.getResourceAsStream("method.md")) {
      if (in == null) {
        throw new IllegalStateException("method.md must lie beside this class but does not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + gates();
    }
  }

  private static String gates() {
    return Arrays.stream(GateKind.values())
        .map(gate -> "- **" + gate.title() + "**: " + gate.how() + ".\n")
        .collect(Collectors.joining());
  }
}
