package dev.usher.edge;

import dev.usher.accept.Accept;
import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.http.HostName;
import dev.usher.http.NoticeAnswer;
import dev.usher.http.OnceAMinute;
import dev.usher.http.Problem;
import dev.usher.page.NoticePage;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to requests for hosts that no room names; also tells the operator of them, because a
 * stranger's guess looks the same as a host that was forgotten.
 */
final class Misdirected {
  private static final Logger LOG = LoggerFactory.getLogger(Misdirected.class);

  /** Names settings but none of their values, because strangers read it, too. */
  private static final String DETAIL =
      "Nothing here is for this host. If it should be: name it in rooms.NAME.hosts, or write"
          + " defaultUpstream, which opens its pods to every other host. A proxy in front must pass"
          + " the visitor's Host on, or be in listen.trustedProxies and say it in"
          + " X-Forwarded-Host.";

  private static final Answer PROBLEM = Answer.of(Problem.MISDIRECTED, DETAIL);

  private final Runnable counted;
  private final OnceAMinute tell = new OnceAMinute();

  /**
   * @param counted called for each such request
   */
  Misdirected(Runnable counted) {
    this.counted = counted;
  }

  void answer(HttpServerRequest request, Client client) {
    counted.run();
    if (tell.isDue()) {
      LOG.atWarn()
          .addKeyValue("host", HostName.of(client.host()))
          .addKeyValue("forwardedHost", HostName.of(client.forwardedHost()))
          .addKeyValue("peer", client.peer())
          .addKeyValue("fix", "name it in rooms.NAME.hosts, or write defaultUpstream")
          .log("host_not_named");
    }
    if (Accept.asksForPage(request.headers().get(HeaderNames.ACCEPT))) {
      NoticePage.Telling telling = NoticeAnswer.telling(request, Problem.MISDIRECTED);
      NoticeAnswer.send(
          request, Problem.MISDIRECTED.status(), NoticePage.PLAIN, telling.remarking(DETAIL));
    } else {
      PROBLEM.send(request);
    }
  }
}
