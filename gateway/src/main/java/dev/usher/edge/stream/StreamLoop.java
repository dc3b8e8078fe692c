package dev.usher.edge.stream;

import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.Problem;
import dev.usher.page.Standing;
import dev.usher.server.Http1Turns;
import dev.usher.server.VisitorConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one event loop, and the one tick that they share. They are in slices, and each
 * tick looks at one of them: every stream is looked at once a second, and the work of a second is
 * spread over it. Confined to its event loop.
 */
public final class StreamLoop {
  /** Time between two ticks. */
  public static final int TICK_MILLIS = 100;

  /** Slices of all streams: one tick each. */
  private static final int SLICES = 10;

  /** Longest time for a round of all slices: every visitor is to hear within two seconds. */
  private static final long ROUND_MILLIS_MAX = 2000;

  /** How long no stream is opened after a round that took longer. */
  private static final long CALM_MILLIS = 10_000;

  /** A stream is opened anew after ten minutes, less up to a fifth, so that tickets are renewed. */
  private static final int LIFE_MILLIS = 600_000;

  /** The shortest time after which a browser opens another stream. */
  private static final int RETRY_MILLIS = 1000;

  /** How much longer that may be, by chance: all visitors of a replica may lose theirs at once. */
  private static final int RETRY_SPREAD_MILLIS = 9000;

  /** How long a refused visitor asks by other means; as much again by chance. */
  private static final int POLL_SECONDS = 30;

  private final Streams all;
  private final IntUnaryOperator random;
  private final LongSupplier steady;
  private final List<List<PlaceStream>> slices = new ArrayList<>();
  private int next;
  private int fills;
  private boolean began;
  private long roundBegan;
  private long calmUntil = Long.MIN_VALUE;
  private boolean closed;

  /**
   * @param all counts them, with those of the other loops
   * @param random a number from 0 up to its argument, by chance
   * @param steady milliseconds that go on whatever clock is set; every duration here goes by them
   */
  public StreamLoop(Streams all, IntUnaryOperator random, LongSupplier steady) {
    this.all = all;
    this.random = random;
    this.steady = steady;
    for (int i = 0; i < SLICES; i++) {
      slices.add(new ArrayList<>());
    }
  }

  /**
   * Answers with a stream, or says that the visitor must ask by other means. The answer's own
   * headers may have been set.
   *
   * @param first how the visitor stands now
   */
  public void open(HttpServerRequest request, Onlooker onlooker, Standing first) {
    long time = steady.getAsLong();
    long seat = closed || time < calmUntil ? TicketStreams.NONE : all.enter(onlooker.ticket());
    if (seat == TicketStreams.NONE) {
      all.oneShed();
      refuse(request);
      return;
    }
    HttpServerResponse response = request.response();
    response
        .headers()
        .set(HeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HeaderNames.CACHE_CONTROL, "no-store, no-transform")
        .set("X-Accel-Buffering", "no");
    if (request.version() == HttpVersion.HTTP_1_0) {
      // HTTP/1.0 has no chunks: the end of the connection is the end of the stream.
      Http1Turns.leaveAfter(request);
    } else {
      response.setChunked(true);
    }
    VisitorConnection.listens(request);
    int life = LIFE_MILLIS - random.applyAsInt(LIFE_MILLIS / 5);
    PlaceStream stream = new PlaceStream(request, onlooker, first, time + life);
    stream.seat = seat;
    response.exceptionHandler(gone -> {}).closeHandler(v -> remove(stream));
    add(stream);
    stream.begin(retry(), time);
  }

  private void refuse(HttpServerRequest request) {
    int seconds = POLL_SECONDS + random.applyAsInt(POLL_SECONDS);
    request.response().headers().set(HeaderNames.RETRY_AFTER, Integer.toString(seconds));
    Answer.of(Problem.POLL_INSTEAD, "Ask /_usher/place instead, and later for a stream again.")
        .send(request);
  }

  /** When to open another stream; different for each visitor. */
  private Buffer retry() {
    return retry(RETRY_MILLIS + random.applyAsInt(RETRY_SPREAD_MILLIS));
  }

  /** Whoever has enough others asks meanwhile, or the others would end for this one in turn. */
  private Buffer muchLater() {
    return retry(1000 * (POLL_SECONDS + random.applyAsInt(POLL_SECONDS)));
  }

  private static Buffer retry(int millis) {
    return Buffer.buffer("retry: " + millis + "\n\n");
  }

  private void add(PlaceStream stream) {
    stream.slice = fills;
    fills = (fills + 1) % SLICES;
    stream.index = slices.get(stream.slice).size();
    slices.get(stream.slice).add(stream);
  }

  /** Forgets a stream, once. The last of its slice takes its place. */
  private void remove(PlaceStream stream) {
    if (stream.index < 0) {
      return;
    }
    List<PlaceStream> slice = slices.get(stream.slice);
    PlaceStream last = slice.remove(slice.size() - 1);
    if (last != stream) {
      slice.set(stream.index, last);
      last.index = stream.index;
    }
    stream.index = -1;
    stream.isForgotten();
    all.left(stream.seat);
  }

  /**
   * Looks at the next slice. Must be called every {@link #TICK_MILLIS}.
   *
   * @param now by the store's clock, in milliseconds since 1970
   */
  public void tick(long now) {
    long time = steady.getAsLong();
    if (next == 0) {
      beginRound(time);
    }
    List<PlaceStream> slice = slices.get(next);
    next = (next + 1) % SLICES;
    // Backwards, as the last one takes the place of one that ends; several may end at once.
    for (int i = slice.size() - 1; i >= 0; i = Math.min(i, slice.size()) - 1) {
      PlaceStream stream = slice.get(i);
      boolean done = false;
      try {
        look(stream, now, time);
        done = true;
      } finally {
        if (!done) {
          // Whatever it was, it must not keep the others from being looked at next time.
          remove(stream);
          stream.cutOff();
        }
      }
    }
  }

  private void look(PlaceStream stream, long now, long time) {
    if (stream.isStuck(time)) {
      remove(stream);
      all.oneDropped();
      stream.cutOff();
      return;
    }
    if (stream.isOver()) {
      return;
    }
    @Nullable Standing standing = stream.look(now);
    if (standing == null || stream.isOld(time)) {
      end(stream, retry());
    } else if (standing.isForGood()) {
      end(stream, stream.last(standing));
    } else if (all.isOneTooMany(stream.seat)) {
      all.oneShed();
      end(stream, muchLater());
    } else {
      stream.tell(standing, time);
    }
  }

  /**
   * Ends a stream. Until its reader has taken that it is looked at as before: in HTTP/2 the end too
   * waits for a reader, and a stream that none has would hold its connection.
   */
  private void end(PlaceStream stream, Buffer words) {
    if (!stream.isOver()) {
      var unused = stream.end(words, steady.getAsLong()).onSuccess(taken -> remove(stream));
    }
  }

  private void beginRound(long time) {
    boolean late = began && time - roundBegan > ROUND_MILLIS_MAX && !all.areFew();
    began = true;
    roundBegan = time;
    if (late) {
      // More than this loop can do in time. A tenth of its visitors ask from now on, which is less
      // work, and nobody opens a stream for a while.
      calmUntil = time + CALM_MILLIS;
      for (PlaceStream stream : List.copyOf(slices.get(fills))) {
        if (!stream.isOver()) {
          all.oneShed();
          end(stream, retry());
        }
      }
      fills = (fills + 1) % SLICES;
    }
  }

  /** Ends all streams, each to be opened again elsewhere, and opens no other. */
  public void close() {
    closed = true;
    endAll();
  }

  /** Ends all streams, each to be opened again. */
  public void endAll() {
    for (List<PlaceStream> slice : slices) {
      List.copyOf(slice).forEach(stream -> end(stream, retry()));
    }
  }
}
