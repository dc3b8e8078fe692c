package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** The headers by which an origin talks to Usher in its answers. Visitors do not get them. */
final class OriginHeaders {
  /** A pod may say that it is more than full, but anything beyond this is no measurement. */
  private static final double SATURATION_MOST = 10;

  /** Enough digits for any reader, and some to spare. */
  private static final int SATURATION_CHARS = 20;

  private static final AsciiString END = AsciiString.cached("end");

  private OriginHeaders() {}

  /** Whether the header is meant for Usher alone. Most are ruled out by their length. */
  static boolean contains(CharSequence name) {
    return switch (name.length()) {
      case 13 -> AsciiString.contentEqualsIgnoreCase(name, HeaderNames.USHER_SESSION);
      case 21 -> AsciiString.contentEqualsIgnoreCase(name, HeaderNames.X_CAPACITY_SATURATION);
      default -> false;
    };
  }

  /** Whether the visitor's session is over. */
  static boolean endSession(HttpHeaders headers) {
    String word = headers.get(HeaderNames.USHER_SESSION);
    return word != null && AsciiString.contentEqualsIgnoreCase(word.strip(), END);
  }

  /** How full the pod says it is, 0 to 10; 0 if it says nothing, or no such number. */
  static double saturation(HttpHeaders headers) {
    String word = headers.get(HeaderNames.X_CAPACITY_SATURATION);
    return word == null ? 0 : number(word.strip());
  }

  private static double number(String word) {
    int points = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      points += c == '.' ? 1 : 0;
      if (c != '.' && (c < '0' || c > '9')) {
        return 0;
      }
    }
    if (word.length() == points || points > 1 || word.length() > SATURATION_CHARS) {
      return 0;
    }
    double said = Double.parseDouble(word);
    return said <= SATURATION_MOST ? said : 0;
  }
}
