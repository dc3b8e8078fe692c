package dev.usher.ops.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens by which operators prove that they may change something, each with the name that the
 * record shows. Only digests are kept, so that no dump of the memory tells a token.
 */
public final class OperatorTokens {
  /** As {@code usher key} prints them. A shorter token could be guessed. */
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z0-9._-]{1,40}):([A-Za-z0-9._~+/=-]{32,200})");

  private final Map<String, byte[]> digests;

  private OperatorTokens(Map<String, byte[]> digests) {
    this.digests = Map.copyOf(digests);
  }

  /** Reads tokens, one a line, each with its name before it; blank lines and # are comments. */
  public static OperatorTokens parse(String text) {
    Map<String, byte[]> digests = new LinkedHashMap<>();
    int at = 0;
    for (String line : text.split("\\R", -1)) {
      at++;
      String written = line.strip();
      if (written.isEmpty() || written.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(written);
      if (!parts.matches()) {
        // Not the line itself: it may be a token with a typing error, and this goes to the log.
        throw new IllegalArgumentException(
            "line "
                + at
                + " must be a name, a colon and a token of at least 32 letters and digits,"
                + " as \"usher key\" prints it, but is not");
      }
      if (digests.put(parts.group(1), digest(parts.group(2))) != null) {
        throw new IllegalArgumentException(
            "each token must have a name of its own but " + parts.group(1) + " is there twice");
      }
    }
    if (digests.isEmpty()) {
      throw new IllegalArgumentException("at least one token must be there but none is");
    }
    return new OperatorTokens(digests);
  }

  /** The name of the operator who has this token; null if nobody has. */
  @Nullable String nameOf(String token) {
    byte[] shown = digest(token);
    String name = null;
    // All of them, so that the time an answer takes tells nothing.
    for (Map.Entry<String, byte[]> each : digests.entrySet()) {
      if (MessageDigest.isEqual(each.getValue(), shown)) {
        name = each.getKey();
      }
    }
    return name;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
