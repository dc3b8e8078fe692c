package dev.usher.ops.control;

import dev.usher.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether whoever asks may change something: by an operator's token, and not through a page of
 * another site that an operator happens to look at.
 */
final class Permission {
  private static final String BEARER = "bearer ";

  private final @Nullable OperatorTokens tokens;

  Permission(@Nullable OperatorTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The outcome.
   *
   * @param who the operator; "" if it is refused
   * @param refusal the answer; null if it is allowed
   */
  record Outcome(String who, @Nullable OpsAnswer refusal) {}

  Outcome of(HttpServerRequest request) {
    if (isFromElsewhere(request)) {
      return refused(
          OpsAnswer.of(Problem.FOREIGN_SITE, "A page of another site must not do this."));
    }
    if (tokens == null) {
      return refused(
          OpsAnswer.of(
              Problem.NO_TOKEN_SET,
              "This gateway has no operator's token, so nobody may change anything, not even from"
                  + " its own machine. Set ops.tokenFile or USHER_OPS_TOKEN to what \"usher key\""
                  + " prints, and start it again."));
    }
    String header = request.getHeader("Authorization");
    boolean shown = header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER);
    String who = header != null && shown ? tokens.nameOf(token(header)) : null;
    if (who == null) {
      String what = shown ? "is not known here" : "is missing";
      return refused(
          OpsAnswer.of(
                  Problem.WRONG_TOKEN,
                  "An operator's token must come with the request, as \"Authorization: Bearer"
                      + " TOKEN\", but "
                      + what)
              .with("WWW-Authenticate", "Bearer realm=\"usher\""));
    }
    return new Outcome(who, null);
  }

  private static String token(String header) {
    return header.substring(BEARER.length()).strip();
  }

  private static Outcome refused(OpsAnswer answer) {
    return new Outcome("", answer);
  }

  private static boolean isFromElsewhere(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !List.of("same-origin", "none").contains(site)) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isHere(origin, request.getHeader("Host"));
  }

  private static boolean isHere(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
