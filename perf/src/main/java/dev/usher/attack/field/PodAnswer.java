package dev.usher.attack.field;

import dev.usher.attack.field.AttackPod.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Base64;

/** How the pod answers: properly, or as the target asks it to. */
final class PodAnswer {
  private static final byte[] BLOCK = new byte[65_536];

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  PodAnswer(Socket socket, InputStream in) throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
  }

  /** Answers, and says whether the connection stays open. */
  boolean to(Seen request) throws IOException {
    String target = request.target();
    if (target.contains("/raw?")) {
      return raw(target);
    }
    if (target.contains("/big?")) {
      return big(Long.parseLong(parameter(target, "n")));
    }
    if (target.contains("/swallow")) {
      Pause.of(Long.parseLong(parameter(target, "ms")));
      return false;
    }
    if (target.contains("/stream")) {
      return stream();
    }
    if (target.contains("/ws")) {
      out.write(
          AttackPod.latin(
              """
              HTTP/1.1 101 Switching Protocols\r
              Connection: Upgrade\r
              Upgrade: websocket\r
              Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
              \r
              """));
      in.transferTo(OutputStream.nullOutputStream());
      return false;
    }
    if (target.contains("/slow?")) {
      Pause.of(Long.parseLong(parameter(target, "ms")));
    }
    String body = "ok " + request.method() + " " + target + " END";
    String length = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    out.write(AttackPod.latin(request.method().equals("HEAD") ? length : length + body));
    return request.values("connection").stream().noneMatch("close"::equalsIgnoreCase);
  }

  /** The exact bytes that the target carries, in up to two pieces. */
  private boolean raw(String target) throws IOException {
    out.write(Base64.getUrlDecoder().decode(parameter(target, "r")));
    out.flush();
    String later = parameter(target, "later");
    if (!later.isEmpty()) {
      Pause.of(30);
      out.write(Base64.getUrlDecoder().decode(later));
    }
    return !target.contains("end=1");
  }

  private boolean big(long bytes) throws IOException {
    out.write(AttackPod.latin("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n"));
    for (long left = bytes; left > 0; left -= BLOCK.length) {
      out.write(BLOCK, 0, (int) Math.min(BLOCK.length, left));
    }
    return true;
  }

  private boolean stream() throws IOException {
    out.write(
        AttackPod.latin(
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Transfer-Encoding: chunked\r
            \r
            """));
    while (!socket.isClosed()) {
      out.write(AttackPod.latin("8\r\ndata: x\n\r\n"));
      Pause.of(500);
    }
    return false;
  }

  private static String parameter(String target, String name) {
    int at = target.indexOf(name + "=", target.indexOf('?'));
    return at < 0 ? "" : target.substring(at + name.length() + 1).split("&", 2)[0];
  }
}
