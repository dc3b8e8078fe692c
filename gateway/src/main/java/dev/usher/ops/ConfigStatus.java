package dev.usher.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the configuration in force compares with its file.
 *
 * @param file where the file is; null if the gateway was configured by flags
 * @param fingerprint SHA-256 of the file's content at the last look; empty without a file
 * @param refused what is wrong with the file, because of which the one before it stays in force;
 *     empty if nothing is
 * @param needsRestart settings of the file that keep their old value until the next start
 */
public record ConfigStatus(
    @Nullable String file, String fingerprint, List<String> refused, List<String> needsRestart) {
  /** The status without a file. */
  public static final ConfigStatus NO_FILE = new ConfigStatus(null, "", List.of(), List.of());

  public ConfigStatus {
    refused = List.copyOf(refused);
    needsRestart = List.copyOf(needsRestart);
  }
}
