package dev.usher.ops;

import dev.usher.http.Problem;
import dev.usher.room.Room;
import dev.usher.store.StoreUnavailableException;
import dev.usher.token.Pass;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way for an origin to end a session, by the pass that the visitor's requests carry to it. */
final class SessionEnd {
  private static final Pattern PATH = Pattern.compile("/api/rooms/([^/]+)/sessions/end");

  /** Room for a pass and what surrounds it; a larger body is no such request. */
  private static final int BODY_MAX = 4096;

  private final Running running;

  SessionEnd(Running running) {
    this.running = running;
  }

  /** The room whose session is to be ended at this path; null if the path is not of that kind. */
  static @Nullable String roomOf(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** Reads the request and ends the session of its pass. */
  CompletionStage<OpsAnswer> end(String room, HttpServerRequest request) {
    CompletableFuture<OpsAnswer> answer = new CompletableFuture<>();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() <= BODY_MAX) {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(answer::completeExceptionally);
    request.endHandler(
        v -> {
          var unused =
              endSurely(room, request, body)
                  .whenComplete(
                      (told, failure) -> {
                        if (failure == null) {
                          answer.complete(told);
                        } else {
                          answer.completeExceptionally(failure);
                        }
                      });
        });
    return answer;
  }

  /**
   * Makes sure of an answer: an exception thrown here would be heard by nobody, and leave the
   * request without one.
   */
  private CompletionStage<OpsAnswer> endSurely(
      String name, HttpServerRequest request, Buffer body) {
    try {
      return end(name, request, body);
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private CompletionStage<OpsAnswer> end(String name, HttpServerRequest request, Buffer body) {
    Room room = running.room(name);
    if (room == null) {
      return done(OpsPages.noRoom(name, running.rooms().stream().map(Running::name).toList()));
    }
    if (body.length() > BODY_MAX) {
      String longest = "The body must be at most " + BODY_MAX + " bytes long but is longer";
      return done(OpsAnswer.of(Problem.BODY_TOO_LONG, longest));
    }
    String text = pass(request, body.toString());
    if (text == null) {
      String how =
          "The pass must be given as pass in the query, in a form or in a JSON object but was not";
      return done(OpsAnswer.of(Problem.WHICH_SESSION, how));
    }
    long now = running.storeClock().getAsLong();
    Pass pass = running.passes().verify(text, name, now);
    return pass == null
        ? done(OpsAnswer.of(Problem.NOT_A_PASS, wrong(text, name, now)))
        : room.leave(pass.place()).handle((left, failure) -> told(failure));
  }

  private static CompletionStage<OpsAnswer> done(OpsAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static @Nullable String pass(HttpServerRequest request, String body) {
    String type = request.getHeader("Content-Type");
    String inQuery = inForm(request.query() == null ? "" : request.query());
    if (inQuery != null) {
      return inQuery;
    }
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json")
        ? inJson(body)
        : inForm(body);
  }

  private static @Nullable String inForm(String form) {
    try {
      List<String> given = new QueryStringDecoder(form, false).parameters().get("pass");
      return given == null ? null : given.get(0);
    } catch (IllegalArgumentException e) {
      return null; // a percent sign without digits
    }
  }

  private static @Nullable String inJson(String body) {
    try {
      return new JsonObject(body).getValue("pass") instanceof String given ? given : null;
    } catch (DecodeException e) {
      return null;
    }
  }

  private String wrong(String text, String name, long now) {
    for (Room other : running.rooms()) {
      if (running.passes().verify(text, Running.name(other), now) != null) {
        return "The pass must be of room " + name + " but is of room " + Running.name(other);
      }
    }
    return "The pass must be as a visitor got it and not expired, but it was altered, is signed"
        + " with a key that is not known here, or has expired";
  }

  private static OpsAnswer told(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      return OpsAnswer.DONE;
    }
    if (cause instanceof StoreUnavailableException) {
      String when = "The session ends by its time-out; to end it earlier, ask again";
      return OpsAnswer.of(Problem.STORE_AWAY, when);
    }
    throw new CompletionException(cause);
  }
}
