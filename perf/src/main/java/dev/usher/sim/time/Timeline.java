package dev.usher.sim.time;

import java.util.Arrays;

/**
 * Virtual time: what is to happen, in order of time, and in the order of requests at the same time.
 * It has its own heap, because millions of appointments pass through it and half of them are
 * cancelled.
 */
public final class Timeline {
  private static final double MICROS = 1e6;

  /** Times of appointments as a heap, together with what orders those at the same time. */
  private long[] times = new long[1024];

  private long[] sequences = new long[1024];
  private Appointment[] agenda = new Appointment[1024];
  private int size;
  private long micros;
  private long sequence;

  /** Microseconds since the run began. */
  public long micros() {
    return micros;
  }

  /** Seconds since the run began. */
  public double seconds() {
    return micros / MICROS;
  }

  /** Runs the task after this many seconds; a time in the past means now. */
  public Appointment after(double seconds, Runnable task) {
    Appointment made = new Appointment(task);
    add(micros + Math.max(0, Math.round(seconds * MICROS)), made);
    return made;
  }

  /** Runs the task repeatedly, first after {@code first} seconds. */
  public void every(double first, double period, Runnable task) {
    Appointment unused =
        after(
            first,
            () -> {
              task.run();
              every(period, period, task);
            });
  }

  /** Lets time pass until the next appointment and runs it. False if there is none by then. */
  public boolean step(double untilSeconds) {
    while (size > 0 && agenda[0].isCancelled()) {
      Appointment unused = poll();
    }
    if (size == 0 || times[0] > untilSeconds * MICROS) {
      return false;
    }
    micros = times[0];
    poll().keep();
    return true;
  }

  private void add(long time, Appointment made) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      agenda = Arrays.copyOf(agenda, 2 * size);
    }
    long order = sequence++;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      // Among appointments at the same time, the newest is always the last.
      if (times[parent] <= time) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, order, made);
  }

  private Appointment poll() {
    Appointment first = agenda[0];
    int last = --size;
    if (last > 0) {
      sink(times[last], sequences[last], agenda[last]);
    }
    agenda[last] = Appointment.OVER;
    return first;
  }

  private void sink(long time, long order, Appointment made) {
    int at = 0;
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(child + 1, times[child], sequences[child])) {
        child++;
      }
      if (!isBefore(child, time, order)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, time, order, made);
  }

  private boolean isBefore(int at, long time, long order) {
    return times[at] < time || (times[at] == time && sequences[at] < order);
  }

  private void move(int from, int to) {
    put(to, times[from], sequences[from], agenda[from]);
  }

  private void put(int at, long time, long order, Appointment made) {
    times[at] = time;
    sequences[at] = order;
    agenda[at] = made;
  }
}
