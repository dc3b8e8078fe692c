package dev.usher.cli.room;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request to the operators' port of a running gateway. */
final class ControlCall {
  /** The gateway answers as soon as its store does. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String ops;
  private final URI uri;

  private ControlCall(String ops, URI uri) {
    this.ops = ops;
    this.uri = uri;
  }

  static ControlCall to(String ops, String room, String action) throws NotDoneException {
    String url = ops.contains("://") ? ops : "http://" + ops;
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    String name = URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20");
    try {
      URI uri = URI.create(base + "/api/rooms/" + name + "/" + action);
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || isTls(uri))) {
        return new ControlCall(base, uri);
      }
    } catch (IllegalArgumentException e) {
      // The message below says it better.
    }
    throw new NotDoneException(
        "--ops must be a URL such as http://127.0.0.1:9090 but was \"" + ops + "\"");
  }

  private static boolean isTls(URI uri) {
    return "https".equals(uri.getScheme());
  }

  /** Asks for it. Returns what was done. */
  JsonObject post(String token, JsonObject wish) throws NotDoneException, InterruptedException {
    HttpResponse<String> answer = send(token, wish);
    JsonObject told = json(answer);
    if (answer.statusCode() != 200) {
      throw new NotDoneException(
          told.getString("title", "Refused") + ": " + told.getString("detail", "no reason given"));
    }
    return told;
  }

  private HttpResponse<String> send(String token, JsonObject wish)
      throws NotDoneException, InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(wish.encode()))
              .build();
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new NotDoneException(
          "Nothing listens at "
              + ops
              + ": is the gateway running, and is this its ops.port? Name it with --ops");
    } catch (IllegalArgumentException e) {
      throw new NotDoneException("The token must be of letters and digits but is not");
    } catch (IOException e) {
      throw new NotDoneException(ops + " gives no answer (" + e + ")");
    }
  }

  private JsonObject json(HttpResponse<String> answer) throws NotDoneException {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException e) {
      throw new NotDoneException(
          ops
              + " must be the ops port of a gateway but answers something else than JSON, status "
              + answer.statusCode());
    }
  }
}
