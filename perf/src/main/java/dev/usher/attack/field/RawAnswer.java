package dev.usher.attack.field;

import java.util.Locale;

/** An answer over HTTP/1.1; status 0 if none came, and then whether the connection was closed. */
public record RawAnswer(int status, String head, String body, boolean closed) {
  static final RawAnswer NONE = new RawAnswer(0, "", "", true);

  /** The first field of this name, in lower case; empty if there is none. */
  public String header(String name) {
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }
}
