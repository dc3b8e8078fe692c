package dev.usher.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the configuration in force stands to its file.
 *
 * @param file where it is; null where the gateway was told by flags
 * @param fingerprint SHA-256 of the file's content as it was last looked at; empty where there is
 *     none
 * @param refused what is wrong with the file, for which the one before it stays in force; empty
 *     when nothing is
 * @param needsRestart settings of the file that keep their old value until the next start
 */
public record ConfigStatus(
    @Nullable String file, String fingerprint, List<String> refused, List<String> needsRestart) {
  /** Without a file. */
  public static final ConfigStatus NO_FILE = new ConfigStatus(null, "", List.of(), List.of());

  public ConfigStatus {
    refused = List.copyOf(refused);
    needsRestart = List.copyOf(needsRestart);
  }
}
