package dev.usher;

import dev.usher.edge.Talk;
import dev.usher.edge.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A visitor with a cookie jar, who writes requests letter by letter over any {@link Wire}: no
 * client library that would tidy up a path, a host or a cookie.
 */
final class Guest {
  /** As browsers send it when somebody goes to a page. */
  static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  private static final int TIMEOUT_MS = 15_000;

  /** A stream is silent for 15 s at most, and a busy machine for longer. */
  private static final int LISTENS_MS = 120_000;

  private final Map<String, String> jar = new LinkedHashMap<>();
  private final List<String> always = new ArrayList<>();
  private final Wire wire;
  private int port;

  Guest(int port) {
    this(Wire.HTTP_1, port);
  }

  Guest(Wire wire, int port) {
    this.wire = wire;
    this.port = port;
  }

  /** Sends this header with every request. */
  Guest always(String header) {
    always.add(header);
    return this;
  }

  /** Goes on to another gateway, with the same cookies. */
  Guest movesTo(int otherPort) {
    port = otherPort;
    return this;
  }

  /** Has the same cookies as the other by now. */
  Guest withJarOf(Guest other) {
    jar.putAll(other.jar);
    return this;
  }

  int port() {
    return port;
  }

  Map<String, String> jar() {
    return jar;
  }

  /** Goes to a page, as a browser does. */
  Reply opens(String target) {
    return asks("GET", target, BROWSER, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
  }

  /**
   * Goes to a page until let in: at once where a place is free, a moment later where a machine that
   * was busy made the room look shut.
   */
  Guest comesIn(String target) {
    Stage.until("the guest comes in", () -> "admitted".equals(opens(target).state()));
    return this;
  }

  /** A page's own call in the background. */
  Reply fetches(String target) {
    return asks("GET", target, "Accept: */*", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty");
  }

  Reply place() {
    return fetches("/_usher/place");
  }

  /** Opens a stream of how things stand, and goes on listening. */
  Listening listens(String... headers) {
    try {
      Talk talk = wire.open(port, LISTENS_MS);
      String all = head("GET", "/_usher/stream", headers);
      talk.out().write(all.getBytes(StandardCharsets.ISO_8859_1));
      Listening listening = new Listening(talk);
      listening.head().stream()
          .filter(line -> line.regionMatches(true, 0, "Set-Cookie:", 0, 11))
          .forEach(line -> keep(line.substring(11).trim()));
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException("A stream must be opened but was not", e);
    }
  }

  Reply posts(String target, String... headers) {
    return asks("POST", target, headers);
  }

  /** Posts this body. */
  Reply sends(String target, String body, String... headers) {
    return sendsBy("POST", target, body, headers);
  }

  /** Sends this body by any method. */
  Reply sendsBy(String method, String target, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Length: " + body.length());
    return asks(method, target, all.toArray(String[]::new), body);
  }

  /** Sends a request on a connection of its own and reads the whole answer. */
  Reply asks(String method, String target, String... headers) {
    return asks(method, target, headers, "");
  }

  private Reply asks(String method, String target, String[] headers, String body) {
    try (Talk talk = wire.open(port, TIMEOUT_MS)) {
      String all = head(method, target, headers) + body;
      talk.out().write(all.getBytes(StandardCharsets.ISO_8859_1));
      Reply reply = read(talk.in(), method.equals("HEAD"));
      reply.all("Set-Cookie").forEach(this::keep);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target + " must be answered but was not", e);
    }
  }

  private String head(String method, String target, String... headers) {
    List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
    lines.addAll(always);
    lines.addAll(List.of(headers));
    if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: localhost");
    }
    if (method.equals("POST") && lines.stream().noneMatch(l -> l.startsWith("Content-L"))) {
      lines.add("Content-Length: 0");
    }
    if (!jar.isEmpty()) {
      List<String> cookies = new ArrayList<>();
      jar.forEach((name, value) -> cookies.add(name + "=" + value));
      lines.add("Cookie: " + String.join("; ", cookies));
    }
    lines.add("Connection: close");
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private void keep(String setCookie) {
    String pair = setCookie.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (setCookie.contains("Max-Age=0;")) {
      jar.remove(name);
    } else {
      jar.put(name, pair.substring(name.length() + 1));
    }
  }

  private static Reply read(InputStream in, boolean headOnly) throws IOException {
    String status = line(in);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    long length = -1;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).trim();
      headers.add(new AbstractMap.SimpleImmutableEntry<>(name, value));
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Long.parseLong(value);
      }
      chunked |= name.equalsIgnoreCase("Transfer-Encoding");
    }
    byte[] body = headOnly ? new byte[0] : chunked ? chunks(in) : plain(in, length);
    if (length > body.length && !headOnly) {
      throw new IOException("The body must have " + length + " bytes but has " + body.length);
    }
    Reply raw = new Reply(Integer.parseInt(status.split(" ", 3)[1]), headers, "");
    boolean gzip = !headOnly && "gzip".equals(raw.header("Content-Encoding"));
    return new Reply(
        raw.status(), headers, new String(gzip ? inflated(body) : body, StandardCharsets.UTF_8));
  }

  private static byte[] inflated(byte[] body) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }

  private static byte[] plain(InputStream in, long length) throws IOException {
    return length < 0 ? in.readAllBytes() : in.readNBytes((int) length);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      body.write(in.readNBytes(size));
      line(in);
    }
    while (!line(in).isEmpty()) {
      // Nobody here looks at trailers.
    }
    return body.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The head must be whole but ended after: " + line);
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
