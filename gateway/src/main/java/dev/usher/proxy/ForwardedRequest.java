package dev.usher.proxy;

import dev.usher.http.Client;
import dev.usher.page.NoticePage;
import dev.usher.pods.RequestClass;
import dev.usher.proxy.turn.Turn;
import dev.usher.room.Spared;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as the edge hands it to the proxy, with what the edge decided about it.
 *
 * @param client the client, as {@code ClientAddress} found it out
 * @param kind the kind of session that the request belongs to
 * @param pass the visitor's pass as the origin will see it, in the header Usher-Pass
 * @param answer may change the head of the answer
 * @param bodyBytes longest body, 0 for no limit
 * @param turn the request's turn among those of the same visitor; null for one that is not bounded
 * @param spared counts what is not done to the request because its room only watches; null if
 *     everything is done
 * @param heard run when something came from the visitor after the head; null for nothing
 * @param notices what a person reads if no pod answers
 */
public record ForwardedRequest(
    Client client,
    RequestClass kind,
    @Nullable String pass,
    @Nullable AnswerHook answer,
    long bodyBytes,
    @Nullable Turn turn,
    @Nullable Spared spared,
    @Nullable Runnable heard,
    NoticePage notices) {
  private static final int SWITCHING_PROTOCOLS = 101;

  /** A request of no visitor in particular. */
  public ForwardedRequest(
      Client client,
      RequestClass kind,
      @Nullable String pass,
      @Nullable AnswerHook answer,
      long bodyBytes) {
    this(client, kind, pass, answer, bodyBytes, null, null, null);
  }

  /** A request of no room. */
  // Rule zero: the record without its least common part.
  public ForwardedRequest(
      Client client,
      RequestClass kind,
      @Nullable String pass,
      @Nullable AnswerHook answer,
      long bodyBytes,
      @Nullable Turn turn,
      @Nullable Spared spared,
      @Nullable Runnable heard) {
    this(client, kind, pass, answer, bodyBytes, turn, spared, heard, NoticePage.PLAIN);
  }

  ForwardedRequest ofLongRequest() {
    return new ForwardedRequest(
        client, RequestClass.LONG, pass, answer, bodyBytes, turn, spared, heard, notices);
  }

  /** The request with this turn. */
  public ForwardedRequest inTurn(Turn among) {
    return new ForwardedRequest(
        client, kind, pass, answer, bodyBytes, among, spared, heard, notices);
  }

  /**
   * The request, held back by nothing.
   *
   * @param count counts what is not done; null to have it done
   */
  public ForwardedRequest sparing(@Nullable Spared count) {
    if (count == null) {
      return this;
    }
    Turn free = turn == null ? null : turn.sparing(count);
    return new ForwardedRequest(client, kind, pass, answer, bodyBytes, free, count, heard, notices);
  }

  /** The request with what a person reads, as its room has it, if no pod answers. */
  public ForwardedRequest noticed(NoticePage by) {
    return new ForwardedRequest(client, kind, pass, answer, bodyBytes, turn, spared, heard, by);
  }

  /**
   * Lets the edge change the head with which a tunnel opens. It carries nothing of ours except the
   * pod that the session is now on: what begins with a tunnel has no other answer for a long time.
   */
  void opens(MultiMap headers) {
    if (answer != null && turn != null && turn.went() != 0) {
      answer.change(SWITCHING_PROTOCOLS, headers, false);
    }
  }

  /**
   * A hook that may change the head of an answer before it is sent, including the proxy's own
   * errors.
   */
  @FunctionalInterface
  public interface AnswerHook {
    /**
     * Changes the headers; hop-by-hop headers have been removed.
     *
     * @param ends whether the origin said that the visitor's session is over
     */
    void change(int status, MultiMap headers, boolean ends);

    /** Changes the headers of the proxy's own answer, sent in place of a pod's. */
    default void refused(int status, MultiMap headers) {
      change(status, headers, false);
    }
  }
}
