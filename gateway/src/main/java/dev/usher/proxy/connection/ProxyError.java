package dev.usher.proxy.connection;

import dev.usher.http.Problem;
import dev.usher.pods.Slot;

/** Why a request was not properly answered by a pod; the lower-case name is the metric label. */
public enum ProxyError {
  NO_SLOT(Problem.NO_SLOT, "No pod is ready, or each has as many requests as it can bear."),
  OWN_POD_BUSY(Problem.OWN_POD_BUSY, "The pod that has your visit is full or away."),
  TOO_MANY_AT_ONCE(Problem.TOO_MANY_AT_ONCE, "Others of yours must be done first."),
  TOO_MANY_FROM_ADDRESS(
      Problem.TOO_MANY_FROM_ADDRESS, "Others from your address must be done first."),
  TOO_MANY_STRANGERS(Problem.TOO_MANY_STRANGERS, "Others that have no session must be done first."),
  SENT_ALREADY(Problem.SENT_ALREADY, "The same visit was finished by another request."),
  STREAMS_FULL(Problem.STREAMS_FULL, "Streams hold as much of the service as they may."),
  CONNECT_FAILED(Problem.CONNECT_FAILED, "No pod took the connection."),
  CONNECTION_BROKEN(Problem.CONNECTION_BROKEN, "The connection to the pod broke."),
  BAD_ANSWER(Problem.BAD_ANSWER, "What the pod answered was no valid HTTP."),
  TIMED_OUT(Problem.TIMED_OUT, "The pod was silent for too long."),
  BODY_TOO_LARGE(Problem.BODY_TOO_LARGE, "The request's body is longer than allowed."),
  VISITOR_STALLED(Problem.VISITOR_STALLED, "No more of it came for too long."),
  VISITOR_LEFT(Problem.VISITOR_LEFT, "The visitor closed the connection first."),
  INTERNAL_ERROR(Problem.INTERNAL_ERROR, "Please try again.");

  private final Problem problem;
  private final String detail;

  ProxyError(Problem problem, String detail) {
    this.problem = problem;
    this.detail = detail;
  }

  /** What the visitor is told if nothing was answered before. */
  public Problem problem() {
    return problem;
  }

  public int status() {
    return problem.status();
  }

  public String detail() {
    return detail;
  }

  /** What this says about the pod. */
  public Slot.Outcome outcome() {
    return switch (this) {
      case CONNECT_FAILED -> Slot.Outcome.CONNECT_FAILED;
      case TIMED_OUT -> Slot.Outcome.TIMED_OUT;
      case CONNECTION_BROKEN, BAD_ANSWER -> Slot.Outcome.BROKEN;
      case NO_SLOT, OWN_POD_BUSY, TOO_MANY_AT_ONCE, TOO_MANY_FROM_ADDRESS -> Slot.Outcome.CANCELLED;
      case TOO_MANY_STRANGERS, SENT_ALREADY, STREAMS_FULL, BODY_TOO_LARGE -> Slot.Outcome.CANCELLED;
      case VISITOR_STALLED, VISITOR_LEFT, INTERNAL_ERROR -> Slot.Outcome.CANCELLED;
    };
  }

  /**
   * How often a safe request may be retried. A request that broke may have done something already;
   * one that was never sent has not, and if several pods die at once the next pod may well be
   * another dead one. A request may break two pods, and no more.
   */
  public int retries() {
    return switch (this) {
      case CONNECT_FAILED -> 8;
      case CONNECTION_BROKEN -> 2;
      case INTERNAL_ERROR -> 0;
      default -> 1;
    };
  }
}
