package dev.usher.proxy;

import dev.usher.accept.Accept;
import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.Problem;
import dev.usher.page.NoticePage;
import dev.usher.proxy.connection.ProxyError;
import dev.usher.server.Http1Turns;
import dev.usher.words.EnumWords;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumMap;
import java.util.Map;

/** The proxy's own answer to a request that no pod answered. */
final class ProxyErrorAnswer {
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

  private ProxyErrorAnswer(ProxyError error) {
    String cause = EnumWords.lower(error);
    problem =
        error.problem().details(error.detail()).put("cause", cause).toBuffer().appendString("\n");
  }

  /**
   * Answers with this error: as a page if the client asks for one, otherwise as problem details.
   */
  static Future<Void> send(
      HttpServerRequest request, ProxyError error, ForwardedRequest forwarded) {
    ProxyErrorAnswer refusal = ALL.get(error);
    if (refusal == null) {
      throw new IllegalStateException("Every proxy error must have a refusal but " + error);
    }
    if (error == ProxyError.VISITOR_STALLED) {
      Http1Turns.refuse(request); // nobody waits for the rest
    }
    HttpServerResponse response = request.response();
    response.setStatusCode(error.status());
    MultiMap headers = response.headers();
    headers.clear();
    boolean html = Accept.asksForPage(request.headers().get(HeaderNames.ACCEPT));
    Buffer said = html ? page(request, error, forwarded.notices()) : refusal.problem;
    if (!html) {
      Answer.ours(headers).set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    }
    if (error.status() == 503 || error.status() == 429) {
      headers.set(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    ForwardedRequest.AnswerHook hook = forwarded.answer();
    if (hook != null) {
      hook.refused(error.status(), headers);
      // What it says of a request is said by a pod's answer alone.
      headers.remove(HeaderNames.USHER_STATE);
    }
    return response.end(said);
  }

  private static Buffer page(HttpServerRequest request, ProxyError error, NoticePage page) {
    NoticePage.Telling telling = NoticeAnswer.telling(request, error.problem());
    boolean again = error.status() >= 502 && !telling.form();
    return NoticeAnswer.prepare(request, page, again ? telling.again(REFRESH_SECONDS) : telling);
  }
}
