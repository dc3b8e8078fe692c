package dev.usher.server;

import dev.usher.http.HeaderNames;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.NoticePage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * The answers to requests that do not even get to a route, and their counts. On an HTTP/1.1
 * connection with a refused request nothing else is carried out: where that request ends is a
 * matter of opinion.
 */
public final class RefusedRequests {
  private static final String BUSY = "There are more visitors than it can talk to.";

  private static final int BUSY_SECONDS = 5;

  /**
   * For up to this many connections at once it is made sure that they see the answer; more would
   * cost too much.
   */
  private static final int LINGERING_MAX = 1000;

  private final AtomicInteger turningAway = new AtomicInteger();
  private final Map<Why, LongAdder> counts = new EnumMap<>(Why.class);
  private volatile BiConsumer<HttpServerRequest, MultiMap> opening = (request, headers) -> {};

  /** Why a request was refused; the lower-case name is the metric label. */
  public enum Why {
    /** Not HTTP, or something that a pod might read differently. */
    MALFORMED(Problem.MALFORMED),
    /** A version of HTTP that we do not speak. */
    VERSION(Problem.VERSION),
    TARGET_TOO_LONG(Problem.TARGET_TOO_LONG),
    HEAD_TOO_LARGE(Problem.HEAD_TOO_LARGE),
    /** More connections than allowed. */
    TOO_MANY_CONNECTIONS(Problem.TOO_MANY_CONNECTIONS);

    private final Problem problem;

    Why(Problem problem) {
      this.problem = problem;
    }
  }

  /** Creates it with nothing refused yet. */
  public RefusedRequests() {
    for (Why why : Why.values()) {
      counts.put(why, new LongAdder());
    }
  }

  /**
   * From now on this opens the answers to pages of other sites that may see them.
   *
   * @param changed changes the headers of the answer to a request
   */
  public void open(BiConsumer<HttpServerRequest, MultiMap> changed) {
    opening = changed;
  }

  /** How many were refused for this reason. */
  public long count(Why why) {
    LongAdder count = counts.get(why);
    return count == null ? 0 : count.sum();
  }

  private void count(Why why, long more) {
    LongAdder count = counts.get(why);
    if (count != null) {
      count.add(more);
    }
  }

  /** Refuses a request that was read but must not go on. */
  void malformed(HttpServerRequest request, String complaint) {
    refuse(request, request.version() == null ? Why.VERSION : Why.MALFORMED, complaint);
  }

  /** Refuses a request that could not be read. */
  void unreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refuse(request, Why.TARGET_TOO_LONG, "It must fit into the limit on heads.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      headTooLarge(request);
    } else {
      refuse(request, Why.MALFORMED, "This is no request that can be read in one way only.");
    }
  }

  /**
   * Refuses a request whose fields are longer than a head may be, nearly always because of cookies.
   */
  void headTooLarge(HttpServerRequest request) {
    refuse(
        request,
        Why.HEAD_TOO_LARGE,
        "Your browser sends more cookies than we take. Clear this site's cookies and try again.");
  }

  /** Refuses a request without a pass, on a connection that came while there were too many. */
  void tooMany(HttpServerRequest request, NoticePage page) {
    request.response().headers().set(HeaderNames.RETRY_AFTER, Integer.toString(BUSY_SECONDS));
    Problem problem = Why.TOO_MANY_CONNECTIONS.problem;
    NoticePage.Telling telling = NoticeAnswer.telling(request, problem);
    NoticePage.Telling told = telling.form() ? telling : telling.again(BUSY_SECONDS);
    count(Why.TOO_MANY_CONNECTIONS, 1);
    refuse(request, page, new NoticeAnswer.Refusal(problem, told, BUSY));
  }

  private void refuse(HttpServerRequest request, Why why, String sentence) {
    count(why, 1);
    NoticeAnswer.Refusal refusal = NoticeAnswer.Refusal.of(request, why.problem, sentence);
    refuse(request, NoticePage.PLAIN, refusal);
  }

  private void refuse(HttpServerRequest request, NoticePage page, NoticeAnswer.Refusal refusal) {
    Http1Turns.refuse(request);
    opening.accept(request, request.response().headers());
    NoticeAnswer.refuse(request, page, refusal);
  }

  /** Turns a connection away before anything is read of it. */
  void tooMany(Channel channel) {
    count(Why.TOO_MANY_CONNECTIONS, 1);
    if (turningAway.incrementAndGet() > LINGERING_MAX) {
      LingeringClose.atOnce(channel);
    }
    channel.closeFuture().addListener(closed -> turningAway.decrementAndGet());
    // Past the encoder, which does not know of any request to answer yet.
    var unused =
        channel
            .pipeline()
            .context("httpEncoder")
            .writeAndFlush(Unpooled.wrappedBuffer(FULL_HEAD, FULL_PAGE))
            .addListener(ChannelFutureListener.CLOSE);
  }

  // Nothing was read that would tell a language.
  private static final byte[] FULL_PAGE =
      NoticePage.PLAIN.writeInAll(Problem.TOO_MANY_CONNECTIONS.notice());

  private static final byte[] FULL_HEAD = fullHead().getBytes(StandardCharsets.US_ASCII);

  private static String fullHead() {
    return String.join(
        "\r\n",
        "HTTP/1.1 503 Service Unavailable",
        "Retry-After: " + BUSY_SECONDS,
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
        "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: " + NoticePage.PLAIN.policy(),
        "X-Frame-Options: SAMEORIGIN",
        "Content-Length: " + FULL_PAGE.length,
        "Connection: close",
        "",
        "");
  }
}
