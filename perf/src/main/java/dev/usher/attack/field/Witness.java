package dev.usher.attack.field;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Another visitor, who is inside and carries on while an attack runs. */
public final class Witness implements AutoCloseable {
  private static final long GAP_MILLIS = 10;
  private static final int ENOUGH = 25;
  private static final long PATIENCE_MILLIS = 6000;

  private final GatewayDoor door;
  private final String request;
  private final List<Long> micros = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final Thread thread;
  private final long began = System.nanoTime();
  private volatile boolean goesOn = true;
  private final AtomicInteger asked = new AtomicInteger();

  private Witness(GatewayDoor door, String pass) {
    this.door = door;
    this.request = "GET /main/witness HTTP/1.1\r\nHost: s\r\n" + pass + "\r\n";
    this.thread = new Thread(this::run, "witness");
  }

  public static Witness of(GatewayDoor door) throws IOException {
    Witness witness = new Witness(door, door.pass());
    witness.thread.start();
    return witness;
  }

  private void run() {
    @Nullable RawConnection wire = null;
    while (goesOn) {
      long began = System.nanoTime();
      String wrong = "";
      try {
        if (wire == null) {
          wire = door.connect();
        }
        wire.send(request);
        RawAnswer answer = wire.answer(PATIENCE_MILLIS);
        wrong = answer.body().contains("/main/witness ") ? "" : "status " + answer.status();
      } catch (IOException failed) {
        wrong = failed.getClass().getSimpleName();
      }
      if (wrong.isEmpty()) {
        micros.add((System.nanoTime() - began) / 1000);
      } else {
        failures.merge(wrong, 1, Integer::sum);
        if (wire != null) {
          wire.close();
        }
        wire = null;
      }
      asked.incrementAndGet();
      Pause.of(GAP_MILLIS);
    }
    if (wire != null) {
      wire.close();
    }
  }

  /** Whether it has seen enough of the attack to give a 99th percentile, or never will. */
  public boolean hasSeenEnough() {
    return asked.get() >= ENOUGH || System.nanoTime() - began > PATIENCE_MILLIS * 1_000_000;
  }

  /** Ends it. */
  public Noticed pace() {
    close();
    int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
    return Noticed.of(
        micros.stream().mapToLong(Long::longValue).toArray(), failed, failures.toString());
  }

  @Override
  public void close() {
    goesOn = false;
    try {
      thread.join();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
