package dev.usher.edge;

import dev.usher.control.Deed;
import dev.usher.control.LiveJson;
import dev.usher.edge.route.Guard;
import dev.usher.edge.route.PathReadings;
import dev.usher.edge.route.RoomRoute;
import dev.usher.http.HeaderNames;
import dev.usher.room.Room;
import dev.usher.store.Line;
import dev.usher.store.upstream.LiveState;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the shop says of its stock in the answers at some paths: {@code Usher-Stock: 0} when
 * everything is sold out, 1 when there is something again. Visitors do not get the header.
 */
final class Stock {
  private static final String NONE_LEFT = "0";
  private static final String SOME_LEFT = "1";
  private static final long STEADY_MILLIS = 10_000;

  private final Room room;
  private final List<String> paths;

  /** Many answers say the same at once; one of them is enough. */
  private final AtomicBoolean telling = new AtomicBoolean();

  Stock(RoomRoute route, Room room) {
    this.room = room;
    this.paths = route.stock().stream().map(path -> Guard.prefix(path, route)).toList();
  }

  /** Hears what an answer says. On the path of every answer: one look for a header. */
  void hear(HttpServerRequest request, MultiMap headers, long now) {
    if (paths.isEmpty() || !headers.contains(HeaderNames.USHER_STOCK)) {
      return;
    }
    String word = headers.get(HeaderNames.USHER_STOCK).strip();
    headers.remove(HeaderNames.USHER_STOCK);
    boolean out = word.equals(NONE_LEFT);
    if ((out || word.equals(SOME_LEFT))
        && changes(out, now)
        && isToldAt(request.uri())
        && telling.compareAndSet(false, true)) {
      tell(out, now);
    }
  }

  private boolean changes(boolean out, long now) {
    LiveState live = room.controls().now();
    // Pods of the shop that disagree for a moment must not let people into what is sold out.
    boolean soon = !out && now - live.at() < STEADY_MILLIS;
    return !soon && !live.shopSoldOut(out).equals(live);
  }

  private boolean isToldAt(String target) {
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    return PathReadings.isPlain(target, end)
        && paths.stream().anyMatch(prefix -> Guard.isUnder(prefix, target, end));
  }

  private void tell(boolean out, long now) {
    Deed deed = new Deed(room.policy().queue().room(), "sold-out", Deed.SHOP, "");
    Line.Counts counts = room.line().counts();
    long touches = counts.waiting() + counts.asking();
    // Nobody waits for the store: if it does not hear of this, the next answer says it again.
    var unused =
        room.controls()
            .change(
                live -> live.shopSoldOut(out),
                0,
                change ->
                    deed.entry(
                        now, LiveJson.of(change.before()), LiveJson.of(change.after()), touches))
            .whenComplete(
                (change, failure) -> {
                  telling.set(false);
                  if (failure == null) {
                    deed.log(LiveJson.of(change.before()), LiveJson.of(change.after()), touches);
                  }
                });
  }
}
