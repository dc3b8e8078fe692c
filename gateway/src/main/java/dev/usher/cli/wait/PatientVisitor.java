package dev.usher.cli.wait;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A visitor who joins, asks when told to, claims the place and goes in; and who goes on asking
 * while nobody answers, because the ticket keeps the place.
 */
final class PatientVisitor {
  private static final long LEAST_MILLIS = 200;

  /** Without an answer: the first pause, doubled each time up to the last. */
  private static final long FIRST_PAUSE_MILLIS = 1000;

  private static final long LAST_PAUSE_MILLIS = 30_000;

  /**
   * Whoever has a place may wait for long; where no gateway was ever heard of, there may be none.
   */
  static final Duration STRANGER = Duration.ofMinutes(1);

  private final PlaceCall call;
  private final TokenFile tokens;
  private final Consumer<ToldPlace> listener;
  private final Duration stranger;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean heard;

  /**
   * @param listener hears each answer
   * @param stranger how long to look for a gateway that has never answered
   */
  PatientVisitor(
      PlaceCall call, TokenFile tokens, Consumer<ToldPlace> listener, Duration stranger) {
    this.call = call;
    this.tokens = tokens;
    this.listener = listener;
    this.stranger = stranger;
  }

  /** How a wait ended. */
  enum End {
    ADMITTED,
    SOLD_OUT,
    STILL_WAITING
  }

  /**
   * Waits until let in.
   *
   * @param deadline when to stop, by {@link System#nanoTime}
   */
  End untilAdmitted(long deadline) throws NotAdmittedException, InterruptedException {
    String wish = "join";
    long began = System.nanoTime();
    while (true) {
      ToldPlace told = wish.equals("place") ? call.place(tokens) : call.post(wish, tokens);
      tokens.keep(told.json());
      listener.accept(told);
      String state = told.state();
      heard |= told.isOfUsher();
      boolean nobody = !heard && System.nanoTime() - began >= stranger.toNanos();
      if (nobody || (state.isEmpty() && !told.mayChange())) {
        throw new NotAdmittedException(told.words());
      }
      if (state.equals("admitted")) {
        return End.ADMITTED;
      }
      if (state.equals("sold_out")) {
        return End.SOLD_OUT;
      }
      boolean goesIn = state.equals("called") && !wish.equals("claim");
      wish = next(state, wish);
      if (!goesIn && !pause(told, deadline)) {
        return End.STILL_WAITING;
      }
    }
  }

  private static String next(String state, String asked) {
    return switch (state) {
      case "called" -> "claim";
      case "waiting" -> "place";
      // The place was given up elsewhere, or the line began anew.
      case "none" -> "join";
      default -> asked;
    };
  }

  /**
   * Waits as long as told, or longer each time if nothing is told. Returns whether time is left.
   */
  private boolean pause(ToldPlace told, long deadline) throws InterruptedException {
    long millis = Math.max(LEAST_MILLIS, told.againMillis());
    if (!told.state().isEmpty()) {
      pauseMillis = FIRST_PAUSE_MILLIS;
      millis = told.againMillis() == 0 ? FIRST_PAUSE_MILLIS : millis;
    } else if (told.againMillis() == 0) {
      millis = pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis);
      pauseMillis = Math.min(LAST_PAUSE_MILLIS, 2 * pauseMillis);
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    // Nothing ends it early: the answer said when to come back.
    var unused = new CountDownLatch(1).await(Math.min(millis, left), TimeUnit.MILLISECONDS);
    return left > millis;
  }
}
