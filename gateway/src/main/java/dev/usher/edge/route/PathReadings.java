package dev.usher.edge.route;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All ways in which an upstream may read the path of a request.
 *
 * <p>Servers differ: one decodes {@code %2F} and the next does not, one drops {@code ;parameters}
 * before it resolves dots and the next after, one takes a backslash for a slash, one takes what
 * follows two slashes for a host. A gateway that assumes one reading can be bypassed. So every
 * reading that any order of these steps leads to is found, and the few paths that lead to more than
 * {@link #READINGS_MAX} are rejected.
 *
 * <p>A reading is a string of bytes: each char is one of them.
 */
public final class PathReadings {
  /** An honest path with a special character has two or three readings. */
  static final int READINGS_MAX = 128;

  /**
   * Limit on the characters of all readings together, so that a long path has fewer; otherwise one
   * request could cost 10 ms.
   */
  private static final int ALL_CHARS_MAX = 1 << 18;

  /**
   * Longest path with special characters whose readings are worked out; a plain path may be longer.
   */
  static final int CHARS_MAX = 4096;

  /** Characters whose meaning may change when they are decoded. */
  private static final String SPECIAL = "/\\.;%?#";

  private static final List<UnaryOperator<String>> STEPS =
      List.of(
          path -> decode(path, ""),
          path -> path.replace('\\', '/'),
          PathReadings::withoutParameters,
          PathReadings::cut,
          PathReadings::withSingleSlashes,
          PathReadings::withoutAuthority,
          PathReadings::withoutDots);

  private PathReadings() {}

  /** Whether the path, up to {@code end}, has one reading: itself. */
  public static boolean isPlain(String path, int end) {
    int segment = 0;
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '%' || c == '\\' || c == ';' || c == '#') {
        return false;
      }
      if (c == '/') {
        if ((i > 0 && i == segment) || isDots(path, segment, i)) {
          return false;
        }
        segment = i + 1;
      }
    }
    return !isDots(path, segment, end);
  }

  /**
   * All readings; null if there are too many, or if no honest client writes such a path because it
   * holds control characters or disguised bytes.
   */
  static @Nullable List<String> of(String path) {
    if (path.length() > CHARS_MAX) {
      return null;
    }
    Set<String> seen = new LinkedHashSet<>();
    List<String> readings = new ArrayList<>();
    // What every server decodes is decoded first, because it would only double the readings.
    String first = decode(path, SPECIAL);
    seen.add(first);
    readings.add(first);
    for (int i = 0; i < readings.size(); i++) {
      String reading = readings.get(i);
      if (readings.size() > READINGS_MAX
          || readings.size() * path.length() > ALL_CHARS_MAX
          || isDisguised(reading)) {
        return null;
      }
      for (UnaryOperator<String> step : STEPS) {
        String next = step.apply(reading);
        if (seen.add(next)) {
          readings.add(next);
        }
      }
    }
    return readings;
  }

  /**
   * Whether a server that drops parameters and doubled slashes would leave this reading as it is.
   */
  static boolean isSettled(String reading) {
    return reading.indexOf(';') < 0 && !reading.contains("//");
  }

  private static boolean isDots(String path, int from, int to) {
    return (to - from == 1 && path.charAt(from) == '.')
        || (to - from == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.');
  }

  /**
   * Whether there are control characters, or bytes below 0x80 written as more than one (overlong
   * UTF-8).
   */
  private static boolean isDisguised(String reading) {
    char before = 0;
    for (int i = 0; i < reading.length(); i++) {
      char c = reading.charAt(i);
      boolean continued = c >= 0x80 && c < 0xC0;
      boolean overlong =
          before == 0xC0
              || before == 0xC1
              || (before == 0xE0 && c < 0xA0)
              || (before == 0xF0 && c < 0x90);
      if (c < ' ' || c == 0x7F || c > 0xFF || (continued && overlong)) {
        return true;
      }
      before = c;
    }
    return false;
  }

  /** Decodes once, except the characters to keep; invalid encodings stay as they are. */
  private static String decode(String path, String keep) {
    int at = path.indexOf('%');
    if (at < 0) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length()).append(path, 0, at);
    while (at < path.length()) {
      char c = path.charAt(at);
      int value = c == '%' ? octet(path, at + 1) : -1;
      if (value < 0) {
        out.append(c);
        at++;
      } else if (keep.indexOf(value) >= 0) {
        out.append(path, at, at + 3);
        at += 3;
      } else {
        out.append((char) value);
        at += 3;
      }
    }
    return out.toString();
  }

  private static int octet(String path, int at) {
    if (at + 2 > path.length()) {
      return -1;
    }
    int high = hex(path.charAt(at));
    int low = hex(path.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Not Character.digit, which accepts digits of other alphabets too. */
  private static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private static String withoutParameters(String path) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    boolean inside = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      inside = c == ';' || (inside && c != '/');
      if (!inside) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String cut(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '?' || path.charAt(i) == '#') {
        return path.substring(0, i);
      }
    }
    return path;
  }

  private static String withSingleSlashes(String path) {
    if (!path.contains("//")) {
      return path;
    }
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
        out.append(path.charAt(i));
      }
    }
    return out.toString();
  }

  /**
   * The path of a reference to another host, RFC 3986, section 4.2: code that resolves a target
   * against its own URL, as is common with Node, the JDK and Python, reads {@code //x/sale} as
   * /sale of host x. Browsers' rules skip any number of slashes.
   */
  private static String withoutAuthority(String path) {
    int from = 0;
    while (from < path.length() && path.charAt(from) == '/') {
      from++;
    }
    if (from < 2) {
      return path;
    }
    int slash = path.indexOf('/', from);
    return slash < 0 ? "/" : path.substring(slash);
  }

  /**
   * Removes dot segments, as in RFC 3986, section 5.2.4, where an empty segment counts as a
   * segment.
   */
  private static String withoutDots(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      boolean last = slash < 0;
      if (!isDots(path, from, to)) {
        out.append('/').append(path, from, to);
      } else {
        if (to - from == 2) {
          out.setLength(Math.max(0, out.lastIndexOf("/")));
        }
        if (last) {
          out.append('/');
        }
      }
      from = to + 1;
    }
    return out.toString();
  }
}
