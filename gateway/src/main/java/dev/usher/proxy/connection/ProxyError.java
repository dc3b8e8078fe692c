package dev.usher.proxy.connection;

import dev.usher.pods.Slot;

/** Why a request was not properly answered by a pod; the lower-case name is the metric label. */
public enum ProxyError {
  NO_SLOT(503, "The service is busy", "Every pod has as many requests as it can bear."),
  OWN_POD_BUSY(503, "The service is busy", "The pod that has your visit is full or away."),
  TOO_MANY_AT_ONCE(429, "Too many requests at once", "Others of yours must be done first."),
  TOO_MANY_FROM_ADDRESS(
      429, "Too many requests at once", "Others from your address must be done first."),
  TOO_MANY_STRANGERS(
      429, "Too many requests at once", "Others that have no session must be done first."),
  SENT_ALREADY(409, "This was sent already", "The same visit was finished by another request."),
  STREAMS_FULL(503, "Too many streams", "Streams hold as much of the service as they may."),
  CONNECT_FAILED(502, "The service cannot be reached", "No pod took the connection."),
  CONNECTION_BROKEN(502, "The service broke off", "The connection to the pod broke."),
  BAD_ANSWER(502, "The service answered badly", "What the pod answered was no valid HTTP."),
  TIMED_OUT(504, "The service did not answer in time", "The pod was silent for too long."),
  BODY_TOO_LARGE(413, "The request is too large", "The request's body is longer than allowed."),
  VISITOR_STALLED(408, "The request did not arrive in time", "No more of it came for too long."),
  VISITOR_LEFT(499, "The visitor left", "The visitor closed the connection first."),
  INTERNAL_ERROR(500, "Internal error", "Please try again.");

  private final int status;
  private final String title;
  private final String detail;

  ProxyError(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  /** The status that the visitor sees if nothing was answered before. */
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return detail;
  }

  /** The sentence for a visitor who opened a page. */
  public String reading() {
    return switch (this) {
      case BODY_TOO_LARGE -> "It is larger than this site takes.";
      case TOO_MANY_AT_ONCE,
          TOO_MANY_FROM_ADDRESS,
          TOO_MANY_STRANGERS,
          VISITOR_STALLED,
          VISITOR_LEFT ->
          "Please try again in a moment.";
      case SENT_ALREADY -> "It was sent a moment ago, and not again.";
      default -> "You keep your place: this page tries again by itself in a few seconds.";
    };
  }

  /** The sentence for a visitor who sent a form. */
  public String sending() {
    return switch (this) {
      case BODY_TOO_LARGE -> "What you sent is larger than this site takes, and nothing was done.";
      case NO_SLOT,
          OWN_POD_BUSY,
          TOO_MANY_AT_ONCE,
          TOO_MANY_FROM_ADDRESS,
          TOO_MANY_STRANGERS,
          STREAMS_FULL,
          CONNECT_FAILED ->
          "What you sent went nowhere: nothing was done by it. Go back and send it again.";
      case SENT_ALREADY ->
          "It was sent a moment ago, and not again. Before you send anything more, look whether it"
              + " was done.";
      default ->
          "We do not know whether what you sent arrived. Before you send it again, look whether it"
              + " was done.";
    };
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
