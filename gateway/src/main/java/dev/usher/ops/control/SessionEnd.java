package dev.usher.ops.control;

import dev.usher.control.Deed;
import dev.usher.http.Problem;
import dev.usher.room.Room;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.upstream.LiveStore.Annals;
import dev.usher.token.Pass;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way for an origin to end a session, by the pass that the visitor's requests carry to it. */
final class SessionEnd {
  private final Reach reach;

  SessionEnd(Reach reach) {
    this.reach = reach;
  }

  /** Ends the session of the request's pass. */
  CompletionStage<OpsAnswer> end(Room room, Deed deed, HttpServerRequest request, PostedBody body) {
    if (body.isTooLong()) {
      String longest =
          "The body must be at most " + PostedBody.BODY_MAX + " bytes long but is longer";
      return done(OpsAnswer.of(Problem.BODY_TOO_LONG, longest));
    }
    String text = pass(request, body.content().toString());
    if (text == null) {
      String how =
          "The pass must be given as pass in the query, in a form or in a JSON object but was not";
      return done(OpsAnswer.of(Problem.WHICH_SESSION, how));
    }
    long now = reach.storeClock().getAsLong();
    Pass pass = reach.passes().verify(text, deed.room(), now);
    if (pass == null) {
      return done(OpsAnswer.of(Problem.NOT_A_PASS, wrong(text, deed.room(), now)));
    }
    JsonObject session = new JsonObject().put("number", pass.place().number());
    boolean known = room.afterVisit().isEnded(pass);
    return room.leave(pass.place())
        .whenComplete(
            (ended, failure) -> {
              // A store that did not hear it is told again, and then whoever asks again ends
              // nothing any more.
              if (failure == null ? ended : !known) {
                deed.log(session, null, 1);
              }
            })
        .thenCompose(
            ended ->
                ended
                    ? room.controls().record(Annals.ENDINGS, deed.entry(now, session, null, 1))
                    : CompletableFuture.completedStage(null))
        .handle((recorded, failure) -> told(failure));
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
    for (Room other : reach.rooms().get()) {
      if (reach.passes().verify(text, Reach.nameOf(other), now) != null) {
        return "The pass must be of room " + name + " but is of room " + Reach.nameOf(other);
      }
    }
    return "The pass must be as a visitor got it and not expired, but it was altered, is signed"
        + " with a key that is not known here, or has expired";
  }

  private static OpsAnswer told(@Nullable Throwable failure) {
    if (failure == null) {
      return OpsAnswer.DONE;
    }
    Throwable cause = RoomControl.cause(failure);
    if (cause instanceof StoreUnavailableException) {
      String when = "The session ends by its time-out; to end it earlier, ask again";
      return OpsAnswer.of(Problem.STORE_AWAY, when);
    }
    throw new CompletionException(cause);
  }
}
