package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.HeaderNames;
import dev.usher.page.Choice;
import dev.usher.page.Language;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor chose for the waiting page, kept in a cookie: the language, and whether the page
 * loads itself again without JavaScript.
 */
final class PageChoice {
  private static final String COOKIE = "usher-page";

  private static final Duration KEPT = Duration.ofDays(365);

  private PageChoice() {}

  static Choice of(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String cookie = TokenCookies.first(COOKIE, headers.getAll(HeaderNames.COOKIE));
    return Choice.of(cookie, headers.get("Accept-Language"));
  }

  /** Keeps the choice that a link of the page brings, and goes back to the page. */
  static void choose(RoomEndpoint door, HttpServerRequest request, Client client) {
    Choice before = of(request);
    String language = request.getParam("language");
    Language wanted = language == null ? null : Language.of(language);
    boolean still = isStill(request.getParam("reload"), before.still());
    Choice chosen = new Choice(wanted == null ? before.language() : wanted, still);
    String back = Back.to(request.headers().get("Referer"), client);
    request
        .response()
        .headers()
        .set("Location", back == null ? door.route().paths().get(0) : back)
        .add(
            "Set-Cookie",
            (COOKIE + "=" + chosen.cookie() + "; Max-Age=" + KEPT.toSeconds())
                + "; Path=/; HttpOnly; SameSite=Lax"
                + (client.secure() ? "; Secure" : ""));
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("Chosen.\n")).send(request);
  }

  private static boolean isStill(@Nullable String reload, boolean before) {
    return reload == null ? before : reload.equals("off");
  }
}
