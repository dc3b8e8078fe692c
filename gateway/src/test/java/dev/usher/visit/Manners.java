package dev.usher.visit;

import java.time.Duration;

/**
 * How the visitors of one crowd ask.
 *
 * @param room the room that they come for
 * @param page what they look at when they are inside; "" if they only stand there
 * @param patience how long they wait for an answer
 * @param retryMillis how long they wait at least before they ask again without an answer
 * @param thinkMillis how long they look at a page at most
 * @param resends whether a safe request is sent once more if its connection was closed just then,
 *     as every browser does (RFC 9112, 9.3.1)
 */
public record Manners(
    String room,
    String page,
    Duration patience,
    long retryMillis,
    long thinkMillis,
    boolean resends) {}
