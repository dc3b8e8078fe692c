package dev.usher.helm.proof;

import dev.usher.helm.proof.Told.Ask;
import org.jspecify.annotations.Nullable;

/** One visitor: joins, waits, comes in, looks at seats until the crowd is let go, and leaves. */
final class Visitor {
  private static final long BROWSES_EVERY_MILLIS = 400;
  private static final long AGAIN_MILLIS = 500;
  private static final int PAGES = 3;

  private final int number;
  private final Crowd crowd;
  private @Nullable String ticket;
  private @Nullable String pass;
  private int pages;

  Visitor(int number, Crowd crowd) {
    this.number = number;
    this.crowd = crowd;
  }

  int number() {
    return number;
  }

  /** The header that it shows, and its value; null for none yet. */
  String header() {
    return pass != null ? "Usher-Pass" : "Usher-Ticket";
  }

  @Nullable String token() {
    return pass != null ? pass : ticket;
  }

  void come() {
    crowd.ask(this, Ask.JOIN);
  }

  void given(@Nullable String newTicket, @Nullable String newPass) {
    ticket = newTicket != null ? newTicket : ticket;
    pass = newPass != null ? newPass : pass;
  }

  void told(Told told) {
    if (told.ask() == Ask.LEAVE && told.status() / 100 == 2) {
      crowd.gone(this);
    } else if (told.error() != null || told.status() >= 500) {
      // As a page that retries itself, or a person who reloads it.
      long again = told.retryAfter() > 0 ? (long) (told.retryAfter() * 1000) : AGAIN_MILLIS;
      crowd.later(again, () -> crowd.ask(this, told.ask()));
    } else if (told.ask() == Ask.BROWSE && told.served() != null) {
      browsed();
    } else if (told.is("admitted")) {
      crowd.later(1, () -> crowd.ask(this, Ask.BROWSE));
    } else if (told.is("called")) {
      // Called again after a claim: no place was free at this moment.
      long again = told.ask() == Ask.CLAIM ? AGAIN_MILLIS : 1;
      crowd.later(again, () -> crowd.ask(this, Ask.CLAIM));
    } else if (told.is("waiting")) {
      long again = told.retryAfter() > 0 ? (long) (told.retryAfter() * 1000) : AGAIN_MILLIS;
      crowd.later(again, () -> crowd.ask(this, Ask.POLL));
    } else {
      crowd.later(AGAIN_MILLIS, this::come);
    }
  }

  private void browsed() {
    pages++;
    Ask next = crowd.isLetGo() && pages >= PAGES ? Ask.LEAVE : Ask.BROWSE;
    crowd.later(BROWSES_EVERY_MILLIS, () -> crowd.ask(this, next));
  }
}
