package dev.usher.edge;

import dev.usher.http.Answer;
import dev.usher.http.Client;
import dev.usher.http.NoticeAnswer;
import dev.usher.page.Choice;
import dev.usher.page.Language;
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

  /**
   * Keeps the choice that a link of the page brings, and goes back to the page.
   *
   * @param door the room of the page; null if it is of none
   */
  static void choose(@Nullable RoomEndpoint door, HttpServerRequest request, Client client) {
    Choice before = NoticeAnswer.choice(request);
    String language = request.getParam("language");
    Language wanted = language == null ? null : Language.of(language);
    boolean still = isStill(request.getParam("reload"), before.still());
    Choice chosen = new Choice(wanted == null ? before.language() : wanted, still);
    String back = Back.to(request.headers().get("Referer"), client);
    request
        .response()
        .headers()
        .set("Location", back == null ? start(door) : back)
        .add("Set-Cookie", cookie(chosen, client, door));
    new Answer(303, "text/plain; charset=utf-8", Buffer.buffer("Chosen.\n")).send(request);
  }

  private static String start(@Nullable RoomEndpoint door) {
    return door == null ? "/" : door.route().paths().get(0);
  }

  private static String cookie(Choice chosen, Client client, @Nullable RoomEndpoint door) {
    boolean framed = door != null && door.route().cookies().partitioned() && client.secure();
    return (NoticeAnswer.CHOICE_COOKIE + "=" + chosen.cookie() + "; Max-Age=" + KEPT.toSeconds())
        + "; Path=/; HttpOnly; SameSite="
        + (framed ? "None; Secure; Partitioned" : client.secure() ? "Lax; Secure" : "Lax");
  }

  private static boolean isStill(@Nullable String reload, boolean before) {
    return reload == null ? before : reload.equals("off");
  }
}
