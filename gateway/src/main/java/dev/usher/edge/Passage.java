package dev.usher.edge;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What the edge decided about a request before it is passed on.
 *
 * @param client who asks, as {@link ClientAddress} found out
 * @param pass the visitor's pass as the origin shall see it, in the header Usher-Pass
 * @param answer may change the head of the answer
 * @param bodyBytes longest body, 0 for no limit
 */
public record Passage(
    Client client, @Nullable String pass, @Nullable AnswerHook answer, long bodyBytes) {
  /** Changes the head of an answer before it is sent, also that of the proxy's own errors. */
  @FunctionalInterface
  public interface AnswerHook {
    /** The headers may be changed; hop-by-hop headers are gone already. */
    void change(int status, MultiMap headers);
  }
}
