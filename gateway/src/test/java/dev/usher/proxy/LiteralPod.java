package dev.usher.proxy;

import io.vertx.core.Handler;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A pod that takes what comes at its word: every head is a request to it, byte by byte, and is
 * answered with ok, but for one path with nothing. What it heard is for the test to read.
 */
public final class LiteralPod implements Handler<NetSocket> {
  public static final String SILENT = "/silent";

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Queue<String> heads = new ConcurrentLinkedQueue<>();

  @Override
  public void handle(NetSocket socket) {
    StringBuilder heard = new StringBuilder();
    socket.handler(
        bytes -> {
          heard.append(bytes.toString(StandardCharsets.ISO_8859_1));
          for (int end = heard.indexOf("\r\n\r\n"); end >= 0; end = heard.indexOf("\r\n\r\n")) {
            String head = heard.substring(0, end);
            heads.add(head);
            heard.delete(0, end + 4);
            if (!head.contains(SILENT)) {
              socket.write(ANSWER);
            }
          }
        });
  }

  /** The heads since the last call, each without its last line end. */
  public List<String> heads() {
    List<String> taken = List.copyOf(heads);
    heads.removeAll(taken);
    return taken;
  }
}
