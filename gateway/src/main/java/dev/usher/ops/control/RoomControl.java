package dev.usher.ops.control;

import dev.usher.control.ChangedMeanwhileException;
import dev.usher.control.Controls;
import dev.usher.control.Deed;
import dev.usher.control.LiveJson;
import dev.usher.http.Problem;
import dev.usher.room.Room;
import dev.usher.store.StoreUnavailableException;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore.Annals;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Does with a room what an operator wants, and has it recorded. */
final class RoomControl {
  private final Reach reach;

  RoomControl(Reach reach) {
    this.reach = reach;
  }

  CompletionStage<OpsAnswer> carryOut(Wish wish, Room room, Deed deed) {
    LiveState now = room.controls().now();
    if (wish.call() > 0 && now.isShut()) {
      String why = now.soldOut() ? "sold out" : "paused";
      String detail = "The room must be open for this but is " + why + ": take that back first";
      return done(OpsAnswer.of(Problem.ROOM_SHUT, detail));
    }
    long time = reach.storeClock().getAsLong();
    if (wish.call() > 0 && room.gathering(time).lasts(time)) {
      String detail = "The room must be open for this but its visitors gather until it opens";
      return done(OpsAnswer.of(Problem.ROOM_SHUT, detail));
    }
    Seen seen = Seen.of(room, reach.sharers(room));
    if (wish.dry()) {
      LiveState then = wish.how().apply(now);
      long touches = seen.touchedBy(wish, then);
      return done(told(deed, true, touches, LiveJson.of(now), after(then, wish, touches)));
    }
    CompletionStage<OpsAnswer> answer =
        wish.resets() ? reset(room, deed, seen.touchedBy(wish, now)) : set(wish, room, deed, seen);
    return answer.handle((told, failure) -> failure == null ? told : refusal(failure));
  }

  private static CompletionStage<OpsAnswer> done(OpsAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private CompletionStage<OpsAnswer> set(Wish wish, Room room, Deed deed, Seen seen) {
    return room.controls()
        .change(wish.how(), wish.call(), change -> entry(change, wish, deed, seen))
        .thenApply(
            change -> {
              long touches = seen.touchedBy(wish, change.after());
              JsonObject before = LiveJson.of(change.before());
              JsonObject after = after(change.after(), wish, touches);
              deed.log(before, after, touches);
              return told(deed, false, touches, before, after);
            });
  }

  private String entry(Controls.Change change, Wish wish, Deed deed, Seen seen) {
    long touches = seen.touchedBy(wish, change.after());
    return deed.entry(
        reach.storeClock().getAsLong(),
        LiveJson.of(change.before()),
        after(change.after(), wish, touches),
        touches);
  }

  /** What is so afterwards; the places that a call finds may be fewer than the visitors wished. */
  private static JsonObject after(LiveState live, Wish wish, long touches) {
    JsonObject after = LiveJson.of(live);
    return wish.call() == 0 ? after : after.put("visitors", wish.call()).put("called", touches);
  }

  private CompletionStage<OpsAnswer> reset(Room room, Deed deed, long touches) {
    JsonObject before = new JsonObject().put("epoch", room.line().epoch());
    return room.controls()
        .reset()
        .thenCompose(
            epoch -> {
              JsonObject after = new JsonObject().put("epoch", epoch);
              deed.log(before, after, touches);
              return room.controls()
                  .record(
                      Annals.CHANGES,
                      deed.entry(reach.storeClock().getAsLong(), before, after, touches))
                  .thenApply(recorded -> told(deed, false, touches, before, after));
            });
  }

  // Rule zero: all that is told of one deed; a record of them would be the answer once more.
  private static OpsAnswer told(
      Deed deed, boolean dry, long touches, JsonObject before, JsonObject after) {
    return OpsAnswer.json(
        200,
        new JsonObject()
            .put("room", deed.room())
            .put("action", deed.action())
            .put("dryRun", dry)
            .put("touches", touches)
            .put("old", before)
            .put("new", after));
  }

  /** What went wrong outside of Usher, as an answer; anything else is our own fault. */
  static OpsAnswer refusal(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof ChangedMeanwhileException) {
      return OpsAnswer.of(Problem.CHANGED_MEANWHILE, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof StoreUnavailableException) {
      String detail =
          "It is not known whether this was done: look at /api/audit once the store answers, and"
              + " ask again";
      return OpsAnswer.of(Problem.STORE_AWAY, detail);
    }
    throw new CompletionException(cause);
  }

  static @Nullable Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
