package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.proxy.ForwardedRequest;
import dev.usher.proxy.RequestBody;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin access to what a room guards: browsers ask first whether a page of another host may
 * call it, and show the page only answers that allow it. What the pods say takes precedence.
 */
final class Cors {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final String EXPOSE = "Access-Control-Expose-Headers";

  /** Headers that a page has to see to know how its visitor stands. */
  private static final String EXPOSED = "Retry-After, Usher-Pass, Usher-State, Usher-Ticket";

  /** Two hours, the longest that browsers accept. */
  private static final String MAX_AGE_SECONDS = "7200";

  private final Set<String> origins;

  /**
   * @param origins origins of the pages that may call
   */
  Cors(Set<String> origins) {
    this.origins = origins;
  }

  /** For answers that are of no room: open to the pages that may call one of these. */
  static Cors ofAny(Collection<RoomEndpoint> rooms) {
    Set<String> all = new HashSet<>();
    rooms.forEach(room -> all.addAll(room.route().origins()));
    return new Cors(Set.copyOf(all));
  }

  /**
   * Whether this is a browser's question, sent without the visitor's cookies, what a page may do.
   */
  static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains("Origin")
        && request.headers().contains("Access-Control-Request-Method")
        && !RequestBody.isTold(request);
  }

  /** Answers a preflight of a page that may call. Returns whether it did. */
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

  /** Whether the request comes from a page that may call. */
  boolean isAllowed(HttpServerRequest request) {
    return origin(request) != null;
  }

  private @Nullable String origin(HttpServerRequest request) {
    String origin = origins.isEmpty() ? null : request.headers().get("Origin");
    return origin != null && origins.contains(origin) ? origin : null;
  }

  /** Allows a page that may call to see one of the room's own answers. */
  void mark(HttpServerRequest request, MultiMap headers) {
    if (origins.isEmpty()) {
      return;
    }
    // Even if no page asks: a cache would hand what it keeps of this answer to a page that does.
    headers.add("Vary", "Origin");
    String origin = origin(request);
    if (origin != null) {
      headers.set(ALLOW_ORIGIN, origin);
      headers.set("Access-Control-Allow-Credentials", "true");
      headers.set(EXPOSE, EXPOSED);
    }
  }

  /** Wraps the hook, if any, so that pages may see what the proxy itself refuses. */
  ForwardedRequest.@Nullable AnswerHook aroundRefusals(
      HttpServerRequest request, ForwardedRequest.@Nullable AnswerHook hook) {
    if (origins.isEmpty()) {
      return hook;
    }
    return new ForwardedRequest.AnswerHook() {
      @Override
      public void change(int status, MultiMap headers, boolean ends) {
        if (hook != null) {
          hook.change(status, headers, ends);
        }
      }

      @Override
      public void refused(int status, MultiMap headers) {
        change(status, headers, false);
        mark(request, headers);
      }
    };
  }

  /**
   * Wraps the hook so that pages may see answers. A pod's own answer says itself which pages may
   * see it, and only the headers exposed to them are added here; an answer of the proxy is ours to
   * open.
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
