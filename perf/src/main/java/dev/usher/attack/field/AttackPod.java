package dev.usher.attack.field;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pod that records every request it reads. It parses as leniently as some servers do, so that
 * whatever slips through becomes a request: a bare LF ends a line here.
 */
public final class AttackPod implements AutoCloseable {
  private static final int HEAD_MAX = 300_000;

  /** A request as the pod understood it. */
  record Seen(String method, String target, List<String> fields) {
    /** The values of all fields of this name, in lower case. */
    List<String> values(String name) {
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(field -> field.substring(name.length() + 1).strip())
          .toList();
    }
  }

  private final ServerSocket server;
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<String> nonsense = new ConcurrentLinkedQueue<>();
  private final Set<String> targets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  AttackPod() throws IOException {
    server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    daemon(this::accept, "pod");
  }

  int port() {
    return server.getLocalPort();
  }

  /** Forgets what it recorded. */
  public void forget() {
    seen.clear();
    nonsense.clear();
    targets.clear();
  }

  /** Whether it was asked for exactly this target. */
  public boolean saw(String target) {
    return targets.contains(target);
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** What it read that is not a request. */
  public List<String> nonsense() {
    return List.copyOf(nonsense);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket), "pod connection");
      } catch (IOException closed) {
        // The loop ends when the server is closed.
      }
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 256 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      PodAnswer answer = new PodAnswer(socket, in);
      String head = head(in);
      while (!head.isEmpty() && answerOne(head, in, answer)) {
        head = head(in);
      }
    } catch (IOException | NumberFormatException gone) {
      // A gateway that disconnects in the middle is nothing unusual.
    }
  }

  private boolean answerOne(String head, InputStream in, PodAnswer answer) throws IOException {
    String[] lines = head.split("\r?\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      nonsense.add(lines[0]);
      return false;
    }
    List<String> fields = List.of(lines).subList(1, lines.length);
    Seen request = new Seen(words[0], words[1], fields);
    if (!words[1].equals("/healthz") && !words[1].startsWith("/main/witness")) {
      seen.add(request);
      targets.add(words[1]);
    }
    for (String field : fields) {
      if (!field.isEmpty() && !field.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\x00\\r\\n]*")) {
        nonsense.add(field);
      }
    }
    requests.incrementAndGet();
    if (!words[1].contains("swallow")) {
      skipBody(request, in);
    }
    return answer.to(request);
  }

  private void skipBody(Seen request, InputStream in) throws IOException {
    List<String> coded = request.values("transfer-encoding");
    List<String> lengths = request.values("content-length");
    if ((!coded.isEmpty() && !lengths.isEmpty()) || lengths.size() > 1) {
      nonsense.add("two lengths: " + coded + lengths);
    }
    if (!coded.isEmpty()) {
      skipChunks(in);
    } else if (!lengths.isEmpty()) {
      in.skipNBytes(Long.parseLong(lengths.get(0)));
    }
  }

  private void skipChunks(InputStream in) throws IOException {
    while (true) {
      long size = Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      in.skipNBytes(size);
      line(in);
    }
    String trailer = line(in);
    while (!trailer.isEmpty()) {
      trailer = line(in);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  /** Reads up to the empty line; nothing if the connection ends before it. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    boolean fresh = true;
    int next = in.read();
    while (next >= 0 && head.length() < HEAD_MAX) {
      if (next == '\n' && fresh && head.length() > 2) {
        return head.toString().strip();
      }
      head.append((char) next);
      fresh = next == '\n' || (fresh && next == '\r');
      next = in.read();
    }
    return "";
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How many requests it answered. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
