package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.NoticeAnswer;
import dev.usher.page.Standing;
import dev.usher.page.WaitingPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The answer to a visitor who waits and asked for a page. */
final class PageAnswer {
  private PageAnswer() {}

  static void send(
      RoomEndpoint door, HttpServerRequest request, Standing standing, WaitingPage.View view) {
    HttpServerResponse response = request.response().setStatusCode(door.route().pageStatus());
    WaitingPage page = door.page();
    NoticeAnswer.guard(response.headers(), page.policy(), page.isFramedElsewhere());
    response
        .headers()
        .set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .add("Vary", "Accept")
        .add("Vary", "Accept-Encoding, Accept-Language, Cookie");
    boolean gzip = NoticeAnswer.inGzip(request);
    byte[] written = gzip ? page.gzip(standing, view) : page.write(standing, view);
    Answer.end(response, Buffer.buffer(written));
  }
}
