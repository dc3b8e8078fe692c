package dev.usher.proxy;

import dev.usher.http.HeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** What an origin says to Usher in the head of an answer. Visitors do not get it. */
final class OriginHeaders {
  /** More than full can be said, but what is beyond this is no measure of anything. */
  private static final double SATURATION_MOST = 10;

  /** Digits that a reader needs, and some to spare. */
  private static final int SATURATION_CHARS = 20;

  private static final AsciiString END = AsciiString.cached("end");

  private OriginHeaders() {}

  /** Whether the header is meant for Usher alone. By its length most are told not to be. */
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

  /** How full the pod says it is, 0 to 10; 0 where it says nothing, or no such number. */
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
