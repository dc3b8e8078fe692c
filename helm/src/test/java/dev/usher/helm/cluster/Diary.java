package dev.usher.helm.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the visitors of a crowd. Visitors tell it from many threads. */
final class Diary {
  private final AtomicInteger comeIn = new AtomicInteger();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger cameThrough = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicLong latestMillis = new AtomicLong(-1);
  private final AtomicLong longestWaitMillis = new AtomicLong();
  private final Map<String, Boolean> numbers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> byPod = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();

  /** A visitor was given this ticket. */
  void numbered(String ticket) {
    if (numbers.put(place(ticket), Boolean.TRUE) != null) {
      wrong("two visitors have number " + place(ticket));
    }
  }

  /** The ticket of a visitor was signed anew. */
  void renewed(String before, String after) {
    if (!place(before).equals(place(after))) {
      wrong("place " + place(before) + " became " + place(after));
    }
  }

  void admitted(long waitedMillis) {
    comeIn.incrementAndGet();
    longestWaitMillis.accumulateAndGet(waitedMillis, Math::max);
  }

  /** A pod of the shop answered. */
  void served(Told told, boolean afterTurnedAway) {
    pages.incrementAndGet();
    byPod.computeIfAbsent(told.pod(), pod -> new AtomicInteger()).incrementAndGet();
    if (afterTurnedAway) {
      cameThrough.incrementAndGet();
    }
    if (told.stoppingMillis() >= 0) {
      late.incrementAndGet();
      latestMillis.accumulateAndGet(told.stoppingMillis(), Math::max);
    }
  }

  /** The 503 that says when to try again. */
  void busy() {
    busy.incrementAndGet();
  }

  void wrong(String what) {
    wrong.add(what);
  }

  /** No answer came. */
  void broken(String asked, Throwable failure) {
    broken.add(asked + ": " + failure);
  }

  int comeIn() {
    return comeIn.get();
  }

  int pages() {
    return pages.get();
  }

  int turnedAway() {
    return busy.get();
  }

  int cameThrough() {
    return cameThrough.get();
  }

  /** Requests that came to a pod after it was told to stop. */
  int late() {
    return late.get();
  }

  /** How long a pod had been told to stop when a request still came to it; -1 when none did. */
  long latestMillis() {
    return latestMillis.get();
  }

  long longestWaitMillis() {
    return longestWaitMillis.get();
  }

  int pagesOf(String pod) {
    AtomicInteger count = byPod.get(pod);
    return count == null ? 0 : count.get();
  }

  /** Answers that must not be, one line each. */
  List<String> wrong() {
    return new ArrayList<>(wrong);
  }

  /** Requests that no answer came to, one line each. */
  List<String> broken() {
    return new ArrayList<>(broken);
  }

  /** Epoch, lane and number, as they stand in front of a ticket's signature. */
  private static String place(String ticket) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(ticket));
    bytes.get();
    skip(bytes);
    skip(bytes);
    return bytes.getLong() + "." + bytes.get() + "." + bytes.getInt();
  }

  private static void skip(ByteBuffer bytes) {
    int length = bytes.get() & 0xFF;
    bytes.position(bytes.position() + length);
  }
}
