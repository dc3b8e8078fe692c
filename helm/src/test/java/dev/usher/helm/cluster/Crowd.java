package dev.usher.helm.cluster;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Visitors who come through the Service of Usher, as many browsers behind one address would. */
final class Crowd implements AutoCloseable {
  /** Longer than any answer that Usher may hold back. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String address;
  private final Diary record = new Diary();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final AtomicInteger present = new AtomicInteger();
  private volatile boolean over;

  Crowd(String address) {
    this.address = address;
  }

  /** So many come, spread over this time. */
  void come(int visitors, Duration over, Habits habits) {
    present.addAndGet(visitors);
    for (int i = 0; i < visitors; i++) {
      later(over.toMillis() * i / visitors, () -> new Visitor(this, habits).come());
    }
  }

  /** Who has not left yet. */
  int present() {
    return present.get();
  }

  void gone() {
    present.decrementAndGet();
  }

  Diary record() {
    return record;
  }

  String address() {
    return address;
  }

  void later(long millis, Runnable task) {
    if (!over) {
      try {
        var unused = clock.schedule(task, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        // The crowd was sent home meanwhile.
      }
    }
  }

  void send(HttpRequest request, Consumer<Told> then, Consumer<Throwable> otherwise) {
    var unused =
        client
            .sendAsync(request, BodyHandlers.ofString())
            .whenComplete(
                (answer, failure) -> {
                  if (over) {
                    return;
                  }
                  if (failure == null) {
                    then.accept(Told.of(answer));
                  } else {
                    otherwise.accept(failure);
                  }
                });
  }

  /** Everybody goes home at once. */
  @Override
  public void close() {
    over = true;
    clock.shutdownNow();
  }
}
