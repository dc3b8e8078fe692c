package dev.usher.helm.cluster;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A visitor who takes a number, waits for it, looks at the shop and leaves. When an answer says to
 * come again later they do; whatever else goes wrong is told to the record.
 */
final class Visitor {
  private static final String ROOM = "?room=concert";

  /** Who gets no answer, or a wrong one, tries again after this time. */
  private static final long AGAIN_MILLIS = 300;

  private final Crowd crowd;
  private final Habits habits;
  private final Diary record;
  private final long came = System.nanoTime();

  // One question at a time: each is asked when the last was answered.
  private @Nullable String ticket;
  private @Nullable String pass;
  private long position = Long.MAX_VALUE;
  private int pagesSeen;
  private boolean turnedAway;

  Visitor(Crowd crowd, Habits habits) {
    this.crowd = crowd;
    this.habits = habits;
    this.record = crowd.record();
  }

  void come() {
    ask("POST", "/_usher/join" + ROOM, this::follow, this::come);
  }

  private void look() {
    ask("GET", "/_usher/place" + ROOM, this::follow, this::look);
  }

  private void claim() {
    ask("POST", "/_usher/claim" + ROOM, this::follow, this::claim);
  }

  private void follow(Told told) {
    switch (told.state()) {
      case "called" -> claim();
      case "admitted" -> {
        record.admitted((System.nanoTime() - came) / 1_000_000);
        browse();
      }
      case "waiting" -> {
        keepsPlace(told.json().path("position").asLong(position));
        crowd.later(told.askAgainMillis(), this::look);
      }
      default -> {
        record.wrong("in line: " + told.status() + " " + told.json());
        crowd.later(AGAIN_MILLIS, this::look);
      }
    }
  }

  private void keepsPlace(long now) {
    if (now > position) {
      record.wrong("position " + position + " became " + now);
    }
    position = now;
  }

  private void browse() {
    ask("GET", "/seats", this::looked, this::browse);
  }

  private void looked(Told told) {
    if (told.status() == 200 && !told.pod().isEmpty()) {
      record.served(told, turnedAway);
      turnedAway = false;
      pagesSeen++;
      crowd.later(restMillis(), pagesSeen < habits.pages() ? this::browse : this::leave);
    } else if (told.status() == 503 && told.retryAfterSeconds() > 0) {
      record.busy();
      turnedAway = true;
      crowd.later(told.retryAfterSeconds() * 1000, this::browse);
    } else {
      record.wrong("inside: " + told.status() + " " + told.json());
      crowd.later(AGAIN_MILLIS, this::browse);
    }
  }

  private long restMillis() {
    return habits.restMillis() * ThreadLocalRandom.current().nextLong(50, 150) / 100;
  }

  private void leave() {
    ask("POST", "/_usher/leave" + ROOM, told -> crowd.gone(), this::leave);
  }

  private void ask(String method, String path, Consumer<Told> then, Runnable again) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(crowd.address() + path))
            .method(method, BodyPublishers.noBody())
            .timeout(Crowd.PATIENCE)
            .header("Accept", "application/json");
    if (ticket != null) {
      request.header("Usher-Ticket", ticket);
    }
    if (pass != null) {
      request.header("Usher-Pass", pass);
    }
    crowd.send(
        request.build(),
        told -> {
          keep(told);
          then.accept(told);
        },
        failure -> {
          record.broken(method + " " + path, failure);
          crowd.later(AGAIN_MILLIS, again);
        });
  }

  private void keep(Told told) {
    String given = told.ticket();
    if (given != null) {
      if (ticket == null) {
        record.numbered(given);
      } else {
        record.renewed(ticket, given);
      }
      ticket = given;
    }
    pass = told.pass() == null ? pass : told.pass();
  }
}
