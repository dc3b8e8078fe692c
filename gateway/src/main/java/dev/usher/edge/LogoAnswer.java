package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.HeaderNames;
import dev.usher.http.Problem;
import dev.usher.page.Logo;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The logo of a room's page. Its address names its content, so that browsers keep it. */
final class LogoAnswer {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** A drawing that is opened by itself runs and loads nothing. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private final String name;
  private final String type;
  private final Buffer content;

  LogoAnswer(Logo logo) {
    this.name = logo.name();
    this.type = logo.type();
    this.content = Buffer.buffer(logo.bytes());
  }

  static void send(@Nullable LogoAnswer logo, HttpServerRequest request) {
    if (logo == null) {
      Answer.of(Problem.NO_SUCH_PATH, "The page of this room has no logo.").send(request);
    } else {
      logo.send(request);
    }
  }

  private void send(HttpServerRequest request) {
    Answer.ours(request.response().headers())
        .set(HeaderNames.CONTENT_TYPE, type)
        .set("Content-Security-Policy", POLICY);
    // Another replica may have another logo for a while: its name is for its own content.
    if (name.equals(request.getParam("v"))) {
      request.response().headers().set(HeaderNames.CACHE_CONTROL, FOR_EVER);
    }
    Answer.end(request.response(), content);
  }
}
