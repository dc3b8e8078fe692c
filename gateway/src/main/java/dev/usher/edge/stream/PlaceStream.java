package dev.usher.edge.stream;

import dev.usher.page.PlaceEvent;
import dev.usher.page.Standing;
import dev.usher.server.VisitorConnection;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one waiting visitor. At most one event is on its way: who does not read gets the
 * latest standing once they do, and not what they missed. Times are steady milliseconds, but for
 * the store's at which the room is asked.
 */
final class PlaceStream implements Completable<Void> {
  /** A visitor hears something at least this often. The waiting page counts on it. */
  static final long BEAT_MILLIS = 15_000;

  /** How long an event may be unread. As long as an answer may stand still, see LeastRate. */
  static final long UNREAD_MILLIS = 10_000;

  private static final Buffer BEAT = Buffer.buffer(": beat\n");

  private final HttpServerRequest request;
  private final Onlooker onlooker;
  private final long endsAt;
  private Standing told;
  private long toldAt;
  private boolean unread;
  private boolean over;

  /** Its place in its slice of the loop's streams; -1 once it has ended. */
  int index = -1;

  /** The slice that it is in. */
  int slice;

  /** Its seat among the streams of its ticket. */
  long seat;

  PlaceStream(HttpServerRequest request, Onlooker onlooker, Standing first, long endsAt) {
    this.request = request;
    this.onlooker = onlooker;
    this.told = first;
    this.endsAt = endsAt;
  }

  /** Sends what comes first, at once: proxies and browsers wait for the first bytes. */
  void begin(Buffer start, long time) {
    PlaceEvent what = told.state() == Standing.State.CALLED ? PlaceEvent.TURN : PlaceEvent.PLACE;
    send(start.appendBytes(onlooker.tell(what, told)), time);
  }

  /** How the visitor stands now; null if only a request of their own can tell. */
  @Nullable Standing look(long now) {
    return onlooker.look(now);
  }

  /** Tells the visitor how they stand, if that is new, or if they have not heard for a while. */
  void tell(Standing standing, long time) {
    if (unread) {
      return;
    }
    PlaceEvent what = PlaceEvent.between(told, standing);
    if (what != null) {
      told = standing;
      send(Buffer.buffer(onlooker.tell(what, standing)), time);
    } else if (time - toldAt >= BEAT_MILLIS) {
      // Scripts do not see comments, so the place is said again with it.
      send(BEAT.copy().appendBytes(onlooker.tell(PlaceEvent.PLACE, standing)), time);
    }
  }

  private void send(Buffer event, long time) {
    toldAt = time;
    unread = true;
    var unused = request.response().write(event).onComplete(this);
  }

  /** The operating system has taken the last event; it will soon refuse if nobody reads. */
  @Override
  public void complete(@Nullable Void result, @Nullable Throwable failure) {
    // An event that is taken after the end was sent says nothing of the end.
    unread = over || failure != null;
  }

  /** Whether nobody has read for too long. */
  boolean isStuck(long time) {
    return unread && time - toldAt >= UNREAD_MILLIS;
  }

  /** Whether the visitor is to open another, which is where tickets are renewed. */
  boolean isOld(long time) {
    return time >= endsAt;
  }

  /** Ends with these last words. Completes when the reader's system has taken them. */
  Future<Void> end(Buffer words, long time) {
    over = true;
    toldAt = time;
    unread = true;
    return request.response().end(words);
  }

  /** Whether its last words are on their way. */
  boolean isOver() {
    return over;
  }

  /** The last event: how the visitor stands for good. */
  Buffer last(Standing standing) {
    return Buffer.buffer(onlooker.tell(PlaceEvent.STATE, standing));
  }

  /** Nothing more is told; the connection may go on. */
  void isForgotten() {
    VisitorConnection.listensNoMore(request);
  }

  /** Ends without a word, as nobody would hear it. */
  void cutOff() {
    VisitorConnection.cutOff(request);
  }
}
