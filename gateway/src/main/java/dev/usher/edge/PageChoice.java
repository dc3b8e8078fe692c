package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.NoticeAnswer;
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
  private static final Duration KEPT = Duration.ofDays(365);

  private PageChoice() {}

  /** Keeps the choice that a link of a room's page brings, and goes back to the page. */
  static void choose(RoomEndpoint door, HttpServerRequest request, Client client) {
    String start = door.route().paths().get(0);
    choose(start, door.route().cookies().partitioned(), request, client);
  }

  /**
   * Keeps a choice for all pages.
   *
   * @param start where to go back to if the browser does not say from where it comes
   * @param partitioned whether a frame has a cookie of its own for each site that shows it
   */
  static void choose(String start, boolean partitioned, HttpServerRequest request, Client client) {
    Choice before = NoticeAnswer.choice(request);
    String language = request.getParam("language");
    Language wanted = language == null ? null : Language.of(language);
    boolean still = isStill(request.getParam("reload"), before.still());
    Choice chosen = new Choice(wanted == null ? before.language() : wanted, still);
    String back = Back.to(request.headers().get("Referer"), client);
    MultiMap headers = request.response().headers();
    headers.set("Location", back == null ? start : back);
    boolean framed = partitioned && client.secure();
    if (client.secure() && NoticeAnswer.hasChosen(request)) {
      // To a browser a cookie with Partitioned is another one than the same without: it keeps both,
      // and sends the older one first. So the other goes, whichever is there.
      headers.add("Set-Cookie", cookie("", Duration.ZERO, attributes(!framed, true)));
    }
    headers.add("Set-Cookie", cookie(chosen.cookie(), KEPT, attributes(framed, client.secure())));
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("Chosen.\n")).send(request);
  }

  private static String cookie(String value, Duration kept, String attributes) {
    return NoticeAnswer.CHOICE_COOKIE
        + "="
        + value
        + "; Max-Age="
        + kept.toSeconds()
        + "; Path=/; HttpOnly; SameSite="
        + attributes;
  }

  private static String attributes(boolean partitioned, boolean secure) {
    return partitioned ? "None; Secure; Partitioned" : secure ? "Lax; Secure" : "Lax";
  }

  private static boolean isStill(@Nullable String reload, boolean before) {
    return reload == null ? before : reload.equals("off");
  }
}
