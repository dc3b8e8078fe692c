package dev.usher.cli.wait;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Questions of a visitor to a gateway. */
final class PlaceCall {
  /** Longer than a gateway waits for its store. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final String base;
  private final String host;
  private final String query;

  private PlaceCall(URI page, @Nullable String room) {
    this.base = page.getScheme() + "://" + page.getRawAuthority();
    this.host = page.getRawAuthority();
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
        return new PlaceCall(uri, room);
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
    // The time-out of the request ends with the head of its answer: a body may stop as well.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    try {
      return told(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return ToldPlace.silence("none within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        // A gateway that restarts, or a network that comes back: the place is in the ticket.
        return silence(failure);
      }
      throw new IllegalStateException("A question to a gateway failed", e);
    }
  }

  private ToldPlace silence(IOException failure) {
    return isUnknown(failure)
        ? ToldPlace.silence(host + " is no host that is known here")
        : failure instanceof SSLException
            ? ToldPlace.silence("no TLS with " + host + ": " + failure.getMessage())
            : ToldPlace.silence("nothing answers at " + host);
  }

  private static boolean isUnknown(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
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
