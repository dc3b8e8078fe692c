package dev.usher.edge;

import dev.usher.store.upstream.Move;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The address by which a place goes along to another browser.
 *
 * @param room the room's name
 * @param token tells the place, signed
 * @param by names the browser that presses the button there, so that it is told once more what it
 *     did not hear; "" for none
 * @param instead whether the visitor gives up the place that this browser has already
 * @param back the page where the visitor was; null if none is told
 */
record MoveLink(String room, String token, String by, boolean instead, @Nullable String back) {
  private static final SecureRandom CHANCE = new SecureRandom();
  private static final int BY_BYTES = 12;

  /** A link that nobody has opened yet. */
  MoveLink(String room, String token, @Nullable String back) {
    this(room, token, "", false, back);
  }

  /** What a request for such an address says. */
  static MoveLink of(HttpServerRequest request, String room, String token) {
    String by = request.getParam("by");
    return new MoveLink(
        room,
        token,
        by == null || !Move.isName(by) ? "" : by,
        "1".equals(request.getParam("instead")),
        Back.within(request.getParam("back")));
  }

  /**
   * The same for one browser. It is named anew whatever the address says: whoever handed the link
   * over would choose the name for all who open it, and all of them would have the place.
   */
  MoveLink forOneBrowser() {
    byte[] chance = new byte[BY_BYTES];
    CHANCE.nextBytes(chance);
    return new MoveLink(room, token, HexFormat.of().formatHex(chance), false, back);
  }

  /** The same for who wishes this place and not the one that the browser has. */
  MoveLink insteadOfMine() {
    return new MoveLink(room, token, by, true, back);
  }

  /** Path and query. */
  String address() {
    return (UsherPaths.MOVE + "?room=" + room + "&link=" + encoded(token))
        + (by.isEmpty() ? "" : "&by=" + by)
        + (instead ? "&instead=1" : "")
        + (back == null ? "" : "&back=" + encoded(back));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
