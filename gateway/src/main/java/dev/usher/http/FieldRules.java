package dev.usher.http;

import io.netty.util.AsciiString;

/**
 * Which characters the parts of a head may hold, of a request or of an answer: RFC 9110, 5.1, 5.5
 * and 5.6.2, and RFC 9113, 8.2.1. One table serves the way in and the way to the pods, so that both
 * checks follow the same rule.
 */
public final class FieldRules {
  private static final int TOKEN = 1;
  private static final int UPPER = 2;
  private static final int VALUE = 4;
  private static final int TARGET = 8;
  private static final int HOST = 16;

  /** What each character of Latin-1 may be part of; a table, since every head is checked. */
  private static final byte[] KINDS = new byte[256];

  static {
    for (int c = 0; c < KINDS.length; c++) {
      boolean upper = c >= 'A' && c <= 'Z';
      boolean word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      int kinds = upper ? UPPER : 0;
      kinds |= word || "!#$%&'*+-.^_`|~".indexOf(c) >= 0 ? TOKEN : 0;
      kinds |= c == '\t' || (c >= ' ' && c != 0x7F) ? VALUE : 0;
      kinds |= c > ' ' && c < 0x7F && c != '#' ? TARGET : 0;
      kinds |= word || ".-:_[]%".indexOf(c) >= 0 ? HOST : 0;
      KINDS[c] = (byte) kinds;
    }
  }

  private FieldRules() {}

  /** Whether the text is a name of a header or a method. */
  public static boolean isToken(CharSequence text) {
    return text.length() > 0 && allAre(TOKEN, text);
  }

  /** Whether the text is a name of a header in HTTP/2, which has no upper case. */
  public static boolean isLowerToken(CharSequence text) {
    if (!isToken(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((KINDS[text.charAt(i)] & UPPER) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the text is a value of a header: no control characters but the tab, and nothing beyond
   * Latin-1.
   */
  public static boolean isValue(CharSequence text) {
    return allAre(VALUE, text);
  }

  /** Whether neither end is a blank, as a value on its own requires. */
  public static boolean isTrimmed(CharSequence text) {
    int length = text.length();
    return length == 0 || (!isBlank(text.charAt(0)) && !isBlank(text.charAt(length - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Whether the text is a path and query, or the asterisk of OPTIONS. */
  public static boolean isTarget(CharSequence text, CharSequence method) {
    if (text.length() == 0 || !allAre(TARGET, text)) {
      return false;
    }
    return text.charAt(0) == '/'
        || (AsciiString.contentEquals(text, "*") && AsciiString.contentEquals(method, "OPTIONS"));
  }

  /** Whether the text is a host, with or without a port, and without a user name or password. */
  public static boolean isHost(CharSequence text) {
    return text.length() > 0 && allAre(HOST, text);
  }

  private static boolean allAre(int kind, CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A character beyond Latin-1 would be cut to one byte on the wire, which could be any.
      if (c >= KINDS.length || (KINDS[c] & kind) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Throws unless this may be a line of a head. */
  public static void check(CharSequence name, CharSequence value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("A header's name must be a token but had other bytes");
    }
    if (!isValue(value)) {
      // The value is not shown, because it may be a cookie.
      throw new IllegalArgumentException(
          "The value of header " + name + " must have no control characters but had some");
    }
  }
}
