package dev.usher.proxy;

import dev.usher.http.Client;
import dev.usher.pods.RequestClass;
import dev.usher.proxy.turn.Turn;
import dev.usher.room.Spared;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What the edge decided about a request before it is passed on.
 *
 * @param client who asks, as {@code ClientAddress} found out
 * @param kind whose request it is
 * @param pass the visitor's pass as the origin shall see it, in the header Usher-Pass
 * @param answer may change the head of the answer
 * @param bodyBytes longest body, 0 for no limit
 * @param turn among the requests of the same visitor; null for one that is not bounded
 * @param spared counts what is not done to the request because its room only watches; null where
 *     everything is done
 * @param heard told when something came from the visitor after the head; null where nobody cares
 */
public record ForwardedRequest(
    Client client,
    RequestClass kind,
    @Nullable String pass,
    @Nullable AnswerHook answer,
    long bodyBytes,
    @Nullable Turn turn,
    @Nullable Spared spared,
    @Nullable Runnable heard) {
  private static final int SWITCHING_PROTOCOLS = 101;

  /** A passage of no visitor in particular. */
  public ForwardedRequest(
      Client client,
      RequestClass kind,
      @Nullable String pass,
      @Nullable AnswerHook answer,
      long bodyBytes) {
    this(client, kind, pass, answer, bodyBytes, null, null, null);
  }

  ForwardedRequest ofLongRequest() {
    return new ForwardedRequest(
        client, RequestClass.LONG, pass, answer, bodyBytes, turn, spared, heard);
  }

  /** The same, as one of these. */
  public ForwardedRequest inTurn(Turn among) {
    return new ForwardedRequest(client, kind, pass, answer, bodyBytes, among, spared, heard);
  }

  /**
   * The same, held back by nothing.
   *
   * @param count of what is not done; null to have it done
   */
  public ForwardedRequest sparing(@Nullable Spared count) {
    if (count == null) {
      return this;
    }
    Turn free = turn == null ? null : turn.sparing(count);
    return new ForwardedRequest(client, kind, pass, answer, bodyBytes, free, count, heard);
  }

  /**
   * A tunnel opens with this head, which carries nothing of ours but on which pod the session is by
   * now: what begins with a tunnel has no other answer for long.
   */
  void opens(MultiMap headers) {
    if (answer != null && turn != null && turn.went() != 0) {
      answer.change(SWITCHING_PROTOCOLS, headers, false);
    }
  }

  /** Changes the head of an answer before it is sent, also that of the proxy's own errors. */
  @FunctionalInterface
  public interface AnswerHook {
    /**
     * The headers may be changed; hop-by-hop headers are gone already.
     *
     * @param ends whether the origin said that the visitor's session is over
     */
    void change(int status, MultiMap headers, boolean ends);

    /** The same for an answer of the proxy's own, in place of a pod's. */
    default void refused(int status, MultiMap headers) {
      change(status, headers, false);
    }
  }
}
