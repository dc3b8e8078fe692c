package dev.usher;

import dev.usher.edge.Talk;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stream of events as its visitor hears it, line by line, on a thread of its own. */
final class Listening implements AutoCloseable {
  private final Talk talk;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> head = new CopyOnWriteArrayList<>();
  private volatile long retry;
  private volatile boolean over;
  private volatile String ended = "";

  /** One event. */
  record Event(String name, String id, JsonObject data) {
    String state() {
      return data.getString("state");
    }

    int ahead() {
      return data.getInteger("ahead", -1);
    }
  }

  Listening(Talk talk) {
    this.talk = talk;
    new Thread(this::listen, "listening").start();
  }

  private void listen() {
    try {
      InputStream in = talk.in();
      boolean chunked = false;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        head.add(line);
        chunked |= line.equalsIgnoreCase("transfer-encoding: chunked");
      }
      head.add("");
      InputStream body = chunked ? new Chunks(in) : in;
      List<String> event = new ArrayList<>();
      for (String line = line(body); ; line = line(body)) {
        if (!line.isEmpty()) {
          event.add(line);
        } else {
          take(event);
          event.clear();
        }
      }
    } catch (IOException e) {
      ended = String.valueOf(e.getMessage());
    } finally {
      over = true;
    }
  }

  private void take(List<String> lines) {
    String name = "";
    String id = "";
    String data = "";
    for (String line : lines) {
      String value = line.substring(line.indexOf(':') + 1).trim();
      switch (line.substring(0, line.indexOf(':'))) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> data = value;
        case "retry" -> retry = Long.parseLong(value);
        case "" -> {} // a comment
        default -> throw new IllegalStateException("No line of an event: " + line);
      }
    }
    if (!data.isEmpty()) {
      events.add(new Event(name, id, new JsonObject(data)));
    }
  }

  /** What comes in chunks; it ends with the last of them. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private byte[] chunk = new byte[0];
    private int at;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (at == chunk.length) {
        chunk = in.readNBytes(Integer.parseInt(line(in), 16));
        at = 0;
        line(in);
      }
      return chunk.length == 0 ? -1 : chunk[at++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int one = length == 0 ? 0 : read();
      if (length == 0 || one < 0) {
        return one;
      }
      into[from] = (byte) one;
      return 1;
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the end");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** The lines of the head, once it is whole. */
  List<String> head() {
    Stage.until("the head comes", () -> over || head.contains(""));
    return head;
  }

  int status() {
    return Integer.parseInt(head().get(0).split(" ", 3)[1]);
  }

  String header(String name) {
    return head().stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  List<Event> events() {
    return events;
  }

  /** The first event of this name and state. */
  Event hears(String name, String state) {
    Stage.until(
        name + " " + state + " is heard after " + events,
        () -> events.stream().anyMatch(event -> is(event, name, state)));
    return events.stream().filter(event -> is(event, name, state)).findFirst().orElseThrow();
  }

  private static boolean is(Event event, String name, String state) {
    return event.name().equals(name) && state.equals(event.state());
  }

  Event last() {
    Stage.until("an event comes", () -> !events.isEmpty() || over);
    return events.get(events.size() - 1);
  }

  /** When to open another, in milliseconds, as last heard. */
  long retry() {
    return retry;
  }

  boolean isOver() {
    return over;
  }

  /** How it ended, as far as the wire tells. */
  String ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      talk.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
