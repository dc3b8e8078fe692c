package dev.usher.proxy;

import dev.usher.accept.Accept;
import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.Problem;
import dev.usher.page.WaitingPage;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.server.Http1Turns;
import dev.usher.words.EnumWords;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The proxy's own answer to a request that no pod answered. Prepared once for each error. */
public final class ProxyErrorAnswer {
  /** Slots come free within a moment; a second spreads those who retry. */
  private static final String RETRY_AFTER_SECONDS = "1";

  /** A page that reloads itself costs a slot each time, for as long as somebody leaves it open. */
  private static final int REFRESH_SECONDS = 5;

  private static final Map<ProxyError, ProxyErrorAnswer> ALL = new EnumMap<>(ProxyError.class);

  static {
    for (ProxyError error : ProxyError.values()) {
      ALL.put(error, new ProxyErrorAnswer(error));
    }
  }

  private final Buffer problem;
  private final Buffer page;
  private final Buffer pageOfForm;

  private ProxyErrorAnswer(ProxyError error) {
    String cause = EnumWords.lower(error);
    problem =
        error.problem().details(error.detail()).put("cause", cause).toBuffer().appendString("\n");
    page = Buffer.buffer(notice(error, error.reading()));
    pageOfForm = Buffer.buffer(notice(error, error.sending()));
  }

  private static byte[] notice(ProxyError error, String sentence) {
    return WaitingPage.notice(
        error.problem().title(), sentence, new WaitingPage.Link("", "Try again"));
  }

  /**
   * Answers with this error: as a page if the client asks for one, otherwise as problem details.
   */
  static Future<Void> send(
      HttpServerRequest request, ProxyError error, ForwardedRequest.@Nullable AnswerHook hook) {
    ProxyErrorAnswer refusal = ALL.get(error);
    if (refusal == null) {
      throw new IllegalStateException("Every proxy error must have a refusal but " + error);
    }
    if (error == ProxyError.VISITOR_STALLED) {
      Http1Turns.refuse(request); // nobody waits for the rest
    }
    HttpServerResponse response = request.response();
    boolean html = Accept.asksForPage(request.headers().get(HeaderNames.ACCEPT));
    response.setStatusCode(error.status());
    MultiMap headers = response.headers();
    headers.clear();
    headers.set(HeaderNames.CONTENT_TYPE, html ? "text/html; charset=utf-8" : Problem.MEDIA_TYPE);
    Answer.ours(headers);
    if (error.status() == 503 || error.status() == 429) {
      headers.set(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    boolean form = !isSafe(request.method());
    if (html) {
      headers.set("Content-Security-Policy", WaitingPage.CONTENT_SECURITY_POLICY);
      if (error.status() >= 502 && !form) {
        headers.set(HeaderNames.REFRESH, spread(REFRESH_SECONDS));
      }
    }
    if (hook != null) {
      hook.refused(error.status(), headers);
      // What it says of a request is said by a pod's answer alone.
      headers.remove(HeaderNames.USHER_STATE);
    }
    Buffer shown = form ? refusal.pageOfForm : refusal.page;
    return response.end(html ? shown : refusal.problem);
  }

  /**
   * This many seconds, or up to twice as many, because visitors who were refused at the same moment
   * would otherwise come back at the same moment.
   */
  public static String spread(int seconds) {
    return Integer.toString(seconds + ThreadLocalRandom.current().nextInt(seconds + 1));
  }

  private static boolean isSafe(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
