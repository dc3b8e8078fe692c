package dev.usher.cli.wait;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Questions of a visitor to a gateway. */
final class PlaceCall {
  /** Longer than a gateway waits for its store. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final String base;
  private final String query;

  private PlaceCall(String base, @Nullable String room) {
    this.base = base;
    this.query = room == null ? "" : "?room=" + URLEncoder.encode(room, StandardCharsets.UTF_8);
  }

  /**
   * Questions to the gateway before this page.
   *
   * @throws IllegalArgumentException if this is no address of a page
   */
  static PlaceCall to(String page, @Nullable String room) {
    try {
      URI uri = URI.create(page);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return new PlaceCall(uri.getScheme() + "://" + uri.getRawAuthority(), room);
      }
    } catch (IllegalArgumentException e) {
      // The message below says it better.
    }
    throw new IllegalArgumentException(
        "URL must be such as https://tickets.example but was \"" + page + "\"");
  }

  /** Asks for the place, which changes nothing. */
  ToldPlace place(TokenFile tokens) throws InterruptedException {
    return send(request("place", tokens).GET());
  }

  /** Takes a place, or claims it. */
  ToldPlace post(String what, TokenFile tokens) throws InterruptedException {
    return send(request(what, tokens).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String what, TokenFile tokens) {
    return HttpRequest.newBuilder(URI.create(base + "/_usher/" + what + query))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header(tokens.name(), tokens.token());
  }

  private ToldPlace send(HttpRequest.Builder request) throws InterruptedException {
    try {
      return told(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      // A gateway that restarts, or a network that comes back: the place is in the ticket.
      return ToldPlace.SILENCE;
    }
  }

  private static ToldPlace told(HttpResponse<String> answer) {
    JsonObject json = json(answer.body());
    double seconds =
        json.getValue("retryAfterSeconds") instanceof Number number
            ? number.doubleValue()
            : header(answer);
    return new ToldPlace(answer.statusCode(), json, (long) (1000 * seconds));
  }

  private static JsonObject json(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }

  private static double header(HttpResponse<String> answer) {
    String text = answer.headers().firstValue("Retry-After").orElse("");
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}
