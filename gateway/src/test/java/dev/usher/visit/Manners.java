package dev.usher.visit;

import java.time.Duration;

/**
 * How the visitors of one crowd ask.
 *
 * @param page what they look at when they are inside
 * @param patience how long they wait for an answer
 * @param retryMillis how long they wait at least before they ask again without an answer
 * @param thinkMillis how long they look at a page at most
 * @param resends whether a safe request is sent once more if its connection was closed just then,
 *     as every browser does (RFC 9112, 9.3.1)
 */
public record Manners(
    String page, Duration patience, long retryMillis, long thinkMillis, boolean resends) {}
