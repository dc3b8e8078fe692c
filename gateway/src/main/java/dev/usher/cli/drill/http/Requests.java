package dev.usher.cli.drill.http;

import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The requests that visitors send to one target. */
public final class Requests {
  static final String AGENT = "usher-drill";

  private static final String JSON = "application/json";

  private final Target target;
  private final HttpRequest page;
  private final String rest;
  private final String origin;

  public Requests(Target target) {
    this.target = target;
    page = new HttpRequest("GET", target.path(), "text/html");
    rest = " HTTP/1.1\r\nHost: " + target.authority() + "\r\nUser-Agent: " + AGENT + "\r\nAccept: ";
    origin = "Origin: " + target.origin() + "\r\n";
  }

  /** The target that the requests go to. */
  Target target() {
    return target;
  }

  /** A request that opens the page as a browser does. */
  public HttpRequest page() {
    return page;
  }

  /** A request for the visitor's place in the line. */
  public static HttpRequest place(String room) {
    return new HttpRequest("GET", "/_usher/place?room=" + encoded(room), JSON);
  }

  /** A request that gives the session up. */
  public static HttpRequest leave(String room) {
    return new HttpRequest("POST", "/_usher/leave?room=" + encoded(room), JSON);
  }

  /** The request as written in HTTP/1.1. */
  Buffer letters(HttpRequest request, CookieJar jar) {
    String text =
        request.method()
            + " "
            + request.path()
            + rest
            + request.accept()
            + (request.changes() ? "\r\nContent-Length: 0\r\n" + origin : "\r\n")
            + jar.line()
            + "\r\n";
    return Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String encoded(String room) {
    return URLEncoder.encode(room, StandardCharsets.UTF_8);
  }
}
