package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.proxy.ForwardedRequest;
import dev.usher.proxy.RequestBody;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of other hosts that call what a room guards: their browsers ask first whether they may, and
 * show them only answers that say they may see them. What the pods say goes before what is said
 * here.
 */
final class Cors {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final String EXPOSE = "Access-Control-Expose-Headers";

  /** What a page must see to know how it stands. */
  private static final String EXPOSED = "Retry-After, Usher-Pass, Usher-State, Usher-Ticket";

  /** Browsers believe it no longer than two hours. */
  private static final String MAX_AGE_SECONDS = "7200";

  private final Set<String> origins;

  /**
   * @param origins of the pages that may
   */
  Cors(Set<String> origins) {
    this.origins = origins;
  }

  /** Whether a browser asks by it, without the visitor's cookies, what a page may do. */
  static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains("Origin")
        && request.headers().contains("Access-Control-Request-Method")
        && !RequestBody.isTold(request);
  }

  /** Answers if it is such a question of a page that may. Returns whether it did. */
  boolean answers(HttpServerRequest request) {
    if (!isPreflight(request) || !isAllowed(request)) {
      return false;
    }
    MultiMap out = request.response().headers();
    mark(request, out);
    out.set("Access-Control-Allow-Methods", asked(request, "Method"));
    if (request.headers().contains("Access-Control-Request-Headers")) {
      out.set("Access-Control-Allow-Headers", asked(request, "Headers"));
    }
    out.set("Access-Control-Max-Age", MAX_AGE_SECONDS);
    request.response().setStatusCode(204);
    Answer.end(request.response(), Buffer.buffer());
    return true;
  }

  private static String asked(HttpServerRequest request, String what) {
    return String.join(", ", request.headers().getAll("Access-Control-Request-" + what));
  }

  /** Whether the request comes from a page that may. */
  boolean isAllowed(HttpServerRequest request) {
    return origin(request) != null;
  }

  private @Nullable String origin(HttpServerRequest request) {
    String origin = origins.isEmpty() ? null : request.headers().get("Origin");
    return origin != null && origins.contains(origin) ? origin : null;
  }

  /** Shows an answer of the room's own to a page that may. */
  void mark(HttpServerRequest request, MultiMap headers) {
    if (origins.isEmpty()) {
      return;
    }
    // Also where no page asks: what a cache keeps of it would be handed to one that does.
    headers.add("Vary", "Origin");
    String origin = origin(request);
    if (origin != null) {
      headers.set(ALLOW_ORIGIN, origin);
      headers.set("Access-Control-Allow-Credentials", "true");
      headers.set(EXPOSE, EXPOSED);
    }
  }

  /**
   * The same hook, which also shows answers. To whom a pod's answer is shown is the pod's own to
   * say, and only what else is seen of it is said here; what the proxy answers instead is ours.
   */
  ForwardedRequest.AnswerHook around(HttpServerRequest request, ForwardedRequest.AnswerHook hook) {
    if (origins.isEmpty()) {
      return hook;
    }
    return new ForwardedRequest.AnswerHook() {
      @Override
      public void change(int status, MultiMap headers, boolean ends) {
        hook.change(status, headers, ends);
        headers.add("Vary", "Origin");
        if (origin(request) != null && headers.contains(ALLOW_ORIGIN)) {
          headers.add(EXPOSE, EXPOSED);
        }
      }

      @Override
      public void refused(int status, MultiMap headers) {
        hook.refused(status, headers);
        mark(request, headers);
      }
    };
  }
}
