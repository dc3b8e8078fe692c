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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does with a room what an operator wants, and has it recorded. */
final class RoomControl {
  private final LongSupplier storeClock;

  RoomControl(LongSupplier storeClock) {
    this.storeClock = storeClock;
  }

  CompletionStage<OpsAnswer> carryOut(Wish wish, Room room, Deed deed) {
    LiveState now = room.controls().now();
    if (wish.call() > 0 && now.isShut()) {
      String why = now.soldOut() ? "sold out" : "paused";
      String detail = "The room must be open for this but is " + why + ": take that back first";
      return done(OpsAnswer.of(Problem.ROOM_SHUT, detail));
    }
    long time = storeClock.getAsLong();
    if (wish.call() > 0 && room.gathering(time).lasts(time)) {
      String detail = "The room must be open for this but its visitors gather until it opens";
      return done(OpsAnswer.of(Problem.ROOM_SHUT, detail));
    }
    long touches = wish.touches(room);
    if (wish.dry()) {
      LiveState then = wish.how().apply(now);
      return done(told(deed, true, touches, LiveJson.of(now), LiveJson.of(then)));
    }
    CompletionStage<OpsAnswer> answer =
        wish.resets() ? reset(room, deed, touches) : set(wish, room, deed, touches);
    return answer.handle((told, failure) -> failure == null ? told : refusal(failure));
  }

  private static CompletionStage<OpsAnswer> done(OpsAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private CompletionStage<OpsAnswer> set(Wish wish, Room room, Deed deed, long touches) {
    return room.controls()
        .change(wish.how(), wish.call(), change -> entry(change, wish, deed, touches))
        .thenApply(
            change -> {
              JsonObject before = LiveJson.of(change.before());
              JsonObject after = after(change, wish);
              deed.log(before, after, touches);
              return told(deed, false, touches, before, after);
            });
  }

  private String entry(Controls.Change change, Wish wish, Deed deed, long touches) {
    return deed.entry(
        storeClock.getAsLong(), LiveJson.of(change.before()), after(change, wish), touches);
  }

  private static JsonObject after(Controls.Change change, Wish wish) {
    JsonObject after = LiveJson.of(change.after());
    return wish.call() == 0 ? after : after.put("called", wish.call());
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
                      Annals.CHANGES, deed.entry(storeClock.getAsLong(), before, after, touches))
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
