package dev.usher.http;

import dev.usher.accept.Accept;
import dev.usher.page.Choice;
import dev.usher.page.NoticePage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;

/** A page that tells a visitor why they neither wait nor come in, in their language. */
public final class NoticeAnswer {
  /** Keeps what a visitor chose for all pages. */
  public static final String CHOICE_COOKIE = "usher-page";

  private NoticeAnswer() {}

  /** What the visitor chose for pages, or else what the browser prefers. */
  public static Choice choice(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String cookie = CookieLines.first(CHOICE_COOKIE, headers.getAll(HeaderNames.COOKIE));
    return Choice.of(cookie, headers.get(HeaderNames.ACCEPT_LANGUAGE));
  }

  /** Whether the visitor chose anything for pages. */
  public static boolean hasChosen(HttpServerRequest request) {
    return CookieLines.first(CHOICE_COOKIE, request.headers().getAll(HeaderNames.COOKIE)) != null;
  }

  /** Whether the request sends something, which is lost with it. */
  public static boolean sends(HttpServerRequest request) {
    HttpMethod method = request.method();
    return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
  }

  /** What a visitor is told of this problem of their request. */
  public static NoticePage.Telling telling(HttpServerRequest request, Problem problem) {
    return NoticePage.Telling.of(problem.notice(), sends(request));
  }

  /**
   * What is said of a request.
   *
   * @param telling what people are told
   * @param detail what programs are told besides
   */
  public record Refusal(Problem problem, NoticePage.Telling telling, String detail) {
    /** Of a request for which nothing is to be tried again by itself. */
    public static Refusal of(HttpServerRequest request, Problem problem, String detail) {
      return new Refusal(problem, NoticeAnswer.telling(request, problem), detail);
    }
  }

  /** Refuses: by a page for whoever asks for one, else by problem details. */
  public static void refuse(HttpServerRequest request, NoticePage page, Refusal refusal) {
    if (Accept.asksForPage(request.headers().get(HeaderNames.ACCEPT))) {
      send(request, refusal.problem().status(), page, refusal.telling());
    } else {
      Answer.of(refusal.problem(), refusal.detail()).send(request);
    }
  }

  /** Answers with the page. */
  public static void send(
      HttpServerRequest request, int status, NoticePage page, NoticePage.Telling telling) {
    request.response().setStatusCode(status);
    Answer.end(request.response(), prepare(request, page, telling));
  }

  /** Sets the headers of the answer, and gives its body. */
  public static Buffer prepare(
      HttpServerRequest request, NoticePage page, NoticePage.Telling telling) {
    Choice choice = choice(request);
    MultiMap headers = Answer.ours(request.response().headers());
    headers.set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    guard(headers, page.policy(), page.isFramedElsewhere());
    if (telling.againSeconds() > 0 && !choice.still()) {
      headers.set(HeaderNames.REFRESH, spread(telling.againSeconds()));
    }
    boolean gzip = inGzip(request);
    return Buffer.buffer(gzip ? page.gzip(telling, choice) : page.write(telling, choice));
  }

  /** Whether a page is answered in gzip, as the client wishes; if so the answer says it. */
  public static boolean inGzip(HttpServerRequest request) {
    boolean gzip = Accept.prefersGzip(request.headers().get(HeaderNames.ACCEPT_ENCODING));
    if (gzip) {
      request.response().headers().set(HeaderNames.CONTENT_ENCODING, HeaderNames.GZIP);
    }
    return gzip;
  }

  /**
   * Sets what keeps a page from doing more than it should, or from being shown where it should not.
   *
   * @param framedElsewhere whether the policy names other hosts that may frame the page; browsers
   *     that do not know the policy cannot be told of them in the older header
   */
  public static void guard(MultiMap headers, String policy, boolean framedElsewhere) {
    headers.set("Content-Security-Policy", policy);
    if (!framedElsewhere) {
      headers.set("X-Frame-Options", "SAMEORIGIN");
    }
  }

  /**
   * This many seconds, or up to twice as many, because visitors who were refused at the same moment
   * would otherwise come back at the same moment.
   */
  private static String spread(int seconds) {
    return Integer.toString(seconds + ThreadLocalRandom.current().nextInt(seconds + 1));
  }
}
