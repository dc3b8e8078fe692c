package dev.usher.config;

import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Problems;
import dev.usher.config.schema.Settings;
import dev.usher.ops.control.OperatorTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the operators' tokens, from the environment or from the file that is named. */
final class TokenReader {
  static final String TOKEN = "USHER_OPS_TOKEN";

  /** Whose token it is that stands in the environment without a name, as for {@code usher room}. */
  private static final String NAMELESS = "operator:";

  private final Map<String, String> environment;
  private final Problems problems;

  TokenReader(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The tokens; null if none were given. */
  @Nullable OperatorTokens read(Settings ops) {
    String given = environment.get(TOKEN);
    if (given != null && !given.isBlank()) {
      String named = given.contains(":") ? given : NAMELESS + given.strip();
      return parse(named, TOKEN, new Origin.Named(TOKEN));
    }
    String file = ops.textOrNull("tokenFile");
    if (file == null) {
      return null;
    }
    try {
      if (ListenReader.isReadableFile(file)) {
        String text = Files.readString(Path.of(file));
        return parse(text, ops.path("tokenFile"), ops.origin("tokenFile"));
      }
    } catch (IOException e) {
      // Gone or unreadable between the check and the reading: the same complaint.
    }
    ops.refuseMissing(
        "tokenFile",
        "must be a text file that this process can read but was "
            + ListenReader.unread(file)
            + ": where it is not, check everything else by USHER_OPS_TOKEN=$(usher key) usher check"
            + " FILE");
    return null;
  }

  private @Nullable OperatorTokens parse(String text, String path, Origin origin) {
    try {
      return OperatorTokens.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add(path, origin, "must hold operators' tokens but does not: " + e.getMessage());
      return null;
    }
  }
}
