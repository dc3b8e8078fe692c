package dev.usher.sim.gate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a visitor, who waits for its answer so long and no longer. */
public final class SimRequest {
  /** What the visitor gets. */
  public enum End {
    /** The page. */
    ANSWERED,
    /** Refused by the gate, which holds no more. */
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

  /** What a request is, before it is sent: its work in seconds, and of which kind it is. */
  public record Page(double seconds, boolean safe, boolean first) {}

  public SimRequest(Page page, Patience patience, Consumer<End> answer) {
    this.seconds = page.seconds();
    this.safe = page.safe();
    this.first = page.first();
    this.answer = answer;
    this.askedAt = patience.now();
    patience.add(this);
  }

  /** The visitor has waited for long enough; harmless when there was an answer. */
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

  /** What to do if the visitor goes away before the answer; replaces what was said before. */
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

  /** Whether it may be sent to another pod when one has failed. */
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
