package dev.usher.drill;

import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The four requests a visitor sends, as bytes. */
final class Requests {
  private final Target target;
  private final String open;
  private final String rest;
  private final String origin;

  Requests(Target target) {
    this.target = target;
    open = "GET " + target.path();
    rest = " HTTP/1.1\r\nHost: " + target.authority() + "\r\nUser-Agent: usher-drill\r\n";
    origin = "Origin: " + target.origin() + "\r\n";
  }

  /** Where they go. */
  Target target() {
    return target;
  }

  /** Opens the page as a browser does. */
  Buffer page(Jar jar) {
    return bytes(open + rest + "Accept: text/html\r\n" + jar.line() + "\r\n");
  }

  /** Asks for the visitor's place in the line. */
  Buffer place(Jar jar, String room) {
    return bytes(
        "GET /_usher/place?room="
            + encoded(room)
            + rest
            + "Accept: application/json\r\n"
            + jar.line()
            + "\r\n");
  }

  /** Gives the session up. */
  Buffer leave(Jar jar, String room) {
    return bytes(
        "POST /_usher/leave?room="
            + encoded(room)
            + rest
            + "Accept: application/json\r\nContent-Length: 0\r\n"
            + origin
            + jar.line()
            + "\r\n");
  }

  private static String encoded(String room) {
    return URLEncoder.encode(room, StandardCharsets.UTF_8);
  }

  private static Buffer bytes(String request) {
    return Buffer.buffer(request.getBytes(StandardCharsets.ISO_8859_1));
  }
}
