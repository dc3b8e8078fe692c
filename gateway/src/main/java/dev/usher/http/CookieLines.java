package dev.usher.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values in headers {@code Cookie}, found without a copy of anything else in them. */
public final class CookieLines {
  private CookieLines() {}

  /** The first value of this name; null if there is none. */
  public static @Nullable String first(String name, List<String> lines) {
    List<String> found = values(name, lines, 1);
    return found.isEmpty() ? null : found.get(0);
  }

  /** The values of this name in their order, at most so many; usually one or none. */
  public static List<String> values(String name, List<String> lines, int most) {
    List<String> found = List.of();
    // However many other cookies come before: the head of a request has a limit of its own.
    for (int i = 0; i < lines.size(); i++) {
      found = values(name, lines.get(i), most, found);
    }
    return found;
  }

  private static List<String> values(String name, String header, int most, List<String> before) {
    List<String> found = before;
    int at = 0;
    while (at < header.length() && found.size() < most) {
      int semicolon = header.indexOf(';', at);
      int to = semicolon < 0 ? header.length() : semicolon;
      String token = value(name, header, at, to);
      if (token != null) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(token);
      }
      at = to + 1;
    }
    return found;
  }

  private static @Nullable String value(String name, String header, int from, int to) {
    int start = from;
    while (start < to && isBlank(header.charAt(start))) {
      start++;
    }
    int equals = start + name.length();
    if (equals >= to || !header.startsWith(name, start) || header.charAt(equals) != '=') {
      return null;
    }
    int last = to;
    while (last > equals + 1 && isBlank(header.charAt(last - 1))) {
      last--;
    }
    return last == equals + 1 ? null : header.substring(equals + 1, last);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
