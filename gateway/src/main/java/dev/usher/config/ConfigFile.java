package dev.usher.config;

import dev.usher.config.schema.Problems;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file of a running gateway: which part of it is in force, and what it says now.
 * Not for several threads at once.
 */
public final class ConfigFile {
  private final ConfigReader reader;
  private final Path path;
  private final NamedFiles files = new NamedFiles();
  private ConfigReader.Reading inForce;
  private Seen lastSeen;
  private Seen judged;

  /** What the file, and the files it names, held at one look; or why it could not be read. */
  private record Seen(@Nullable String text, Map<String, String> named, List<String> problems) {}

  private ConfigFile(ConfigReader reader, Path path, String text, ConfigReader.Reading reading) {
    this.reader = reader;
    this.path = path;
    this.inForce = reading;
    this.lastSeen = new Seen(text, files.see(text), List.of());
    this.judged = lastSeen;
  }

  /** Reads the file for a start. */
  public static ConfigFile open(ConfigReader reader, Path path) throws RefusedConfigException {
    String text = ConfigReader.text(path);
    return new ConfigFile(reader, path, text, reader.reading(path.toString(), text));
  }

  /** The file's path. */
  public Path path() {
    return path;
  }

  /** The configuration in force. */
  public GatewayConfig config() {
    return inForce.config();
  }

  /** The SHA-256 of the content that was last judged; empty while it cannot be read. */
  public String sha256() {
    if (judged.text() == null) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] content = judged.text().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has it", e);
    }
  }

  /**
   * Looks at the file. A content is judged once two looks in a row have found it, so that half of
   * what somebody writes in place is not taken for the whole.
   *
   * @return what became of a new content; null while there is none
   */
  public @Nullable ConfigChange look() {
    Seen now = see();
    boolean stands = now.equals(lastSeen);
    lastSeen = now;
    if (!stands || now.equals(judged)) {
      return null;
    }
    Seen before = judged;
    judged = now;
    return now.text() == null
        ? new ConfigChange.Refused(now.problems())
        : judge(now.text(), differing(before.named(), now.named()));
  }

  private Seen see() {
    try {
      String text = ConfigReader.text(path);
      return new Seen(text, files.see(text), List.of());
    } catch (RefusedConfigException e) {
      return new Seen(null, Map.of(), e.problems());
    }
  }

  /** The settings that name the same file as before, which now holds something else. */
  private static List<String> differing(Map<String, String> before, Map<String, String> now) {
    return now.keySet().stream()
        .filter(setting -> before.containsKey(setting))
        .filter(setting -> !Objects.equals(now.get(setting), before.get(setting)))
        .toList();
  }

  private ConfigChange judge(String text, List<String> renewed) {
    try {
      ConfigReader.Reading fresh = reader.reading(path.toString(), text);
      LiveChanges.Taken taken =
          LiveChanges.between(inForce.settings(), fresh.settings(), Schema.shipped());
      List<String> waits = taken.changes().needsRestart();
      inForce = waits.isEmpty() ? fresh : together(taken.settings(), waits);
      return new ConfigChange.Taken(inForce.config(), taken.changes().with(renewed));
    } catch (RefusedConfigException e) {
      return new ConfigChange.Refused(e.problems());
    }
  }

  /** Checks the new settings together with the old ones that stay. */
  private ConfigReader.Reading together(Setting.Group settings, List<String> stay)
      throws RefusedConfigException {
    try {
      return reader.checked(settings, new Problems());
    } catch (RefusedConfigException e) {
      String why =
          " (as it runs: what needs a restart keeps its value, which is "
              + String.join(", ", stay)
              + ")";
      throw new RefusedConfigException(e.problems().stream().map(each -> each + why).toList());
    }
  }
}
