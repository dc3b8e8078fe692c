package dev.usher.sim.gate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a visitor, who waits for its answer only for a limited time. */
public final class SimRequest {
  /** What the visitor gets. */
  public enum End {
    /** The page. */
    ANSWERED,
    /** Refused by the gate, which can hold no more. */
    REFUSED,
    /** An error page, because a pod failed. */
    FAILED,
    /** Nothing in time. */
    TIMED_OUT,
    /** The gate no longer knows the session. */
    PUT_OUT
  }

  private final double seconds;
  private final boolean safe;
  private final boolean first;
  private final double askedAt;
  private @Nullable Consumer<End> answer;
  private Runnable abandoned = () -> {};

  /** A request before it is sent: its work in seconds, and its kind. */
  public record Page(double seconds, boolean safe, boolean first) {}

  public SimRequest(Page page, Patience patience, Consumer<End> answer) {
    this.seconds = page.seconds();
    this.safe = page.safe();
    this.first = page.first();
    this.answer = answer;
    this.askedAt = patience.now();
    patience.add(this);
  }

  /** The visitor gives up waiting; harmless if there was an answer. */
  void giveUp() {
    Runnable then = abandoned;
    end(End.TIMED_OUT);
    then.run();
  }

  /** Answers the visitor. Only the first answer counts. */
  public void end(End how) {
    Consumer<End> to = answer;
    if (to != null) {
      answer = null;
      abandoned = () -> {};
      to.accept(how);
    }
  }

  /** Sets what to do if the visitor leaves before the answer; replaces what was set before. */
  public void whenAbandoned(Runnable task) {
    abandoned = task;
  }

  public boolean isOver() {
    return answer == null;
  }

  /** Work of the request, in seconds on an idle warm pod. */
  public double seconds() {
    return seconds;
  }

  /** Whether it may be retried on another pod if one has failed. */
  public boolean safe() {
    return safe;
  }

  /** Whether it is one of the first pages of its session. */
  public boolean first() {
    return first;
  }

  /** When the visitor asked, in seconds since the run began. */
  public double askedAt() {
    return askedAt;
  }
}
