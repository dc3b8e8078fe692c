package dev.usher.token;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 4648, section 5), in its only canonical spelling.
 *
 * <p>The decoders of the JDK and of JOSE libraries ignore the unused bits of the last character,
 * padding or even foreign characters, so that one token would have many spellings. This one does
 * not, and it returns null instead of throwing, because strangers may ask as often as they like.
 */
final class Base64Url {
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes, or null if the text is not exactly what {@link #encode} makes of them. */
  static byte @Nullable [] decode(String text) {
    if (!isCanonical(text, 0, text.length())) {
      return null;
    }
    byte[] bytes = new byte[(int) (text.length() * 6L / 8)];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      held = held << 6 | VALUES[text.charAt(i)];
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >> bits);
      }
    }
    return bytes;
  }

  /** Whether this part of the text is base64url as {@link #encode} writes it. */
  static boolean isCanonical(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= VALUES.length || VALUES[c] < 0) {
        return false;
      }
    }
    // One character over a group of four carries too few bits for a byte; of two over, the lowest
    // four bits are unused, of three over, the lowest two: they must be zero.
    return switch ((to - from) % 4) {
      case 0 -> true;
      case 2 -> (VALUES[text.charAt(to - 1)] & 0b1111) == 0;
      case 3 -> (VALUES[text.charAt(to - 1)] & 0b11) == 0;
      default -> false;
    };
  }
}
