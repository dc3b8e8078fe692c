package dev.usher.cli.explain;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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
import java.util.ArrayList;
import java.util.List;

/** The operators' port of a running gateway, as a client. */
final class OpsPort {
  /** The port answers from memory, so a longer wait means that the address is wrong. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private OpsPort(String base) {
    this.base = base;
  }

  /** The port at this address; {@code host:port} is enough. */
  static OpsPort at(String address) {
    String url = address.contains("://") ? address : "http://" + address;
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      URI uri = URI.create(base);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getPort() <= 65535) {
        return new OpsPort(base);
      }
    } catch (IllegalArgumentException e) {
      // The message below says it better.
    }
    throw new IllegalArgumentException(
        "--ops must be a URL such as http://127.0.0.1:9090 but was \"" + address + "\"");
  }

  /** The names of the rooms. */
  List<String> rooms() throws NotToldException, InterruptedException {
    HttpResponse<String> answer = get("/api/rooms");
    List<String> names = new ArrayList<>();
    if (answer.statusCode() == 200 && json(answer).getValue("rooms") instanceof JsonArray rooms) {
      for (Object room : rooms) {
        if (room instanceof JsonObject told && told.getValue("room") instanceof String name) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()) {
      throw notUsher("names no rooms, status " + answer.statusCode());
    }
    return names;
  }

  /** One room in full. */
  JsonObject room(String name) throws NotToldException, InterruptedException {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    HttpResponse<String> answer = get("/api/rooms/" + encoded);
    JsonObject told = json(answer);
    if (answer.statusCode() == 404 && told.getValue("rooms") instanceof JsonArray known) {
      throw new NotToldException(
          "The room must be one of "
              + String.join(", ", known.stream().map(String::valueOf).toList())
              + " but was \""
              + name
              + "\"");
    }
    if (answer.statusCode() != 200 || !(told.getValue("admission") instanceof JsonObject)) {
      throw notUsher("does not tell of admission, status " + answer.statusCode());
    }
    return told;
  }

  private HttpResponse<String> get(String path) throws NotToldException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new NotToldException(
          "Nothing listens at "
              + base
              + ": is the gateway running, and is this its ops.port? Name it with --ops");
    } catch (IOException e) {
      throw notUsher("gives no answer (" + e + ")");
    }
  }

  private JsonObject json(HttpResponse<String> answer) throws NotToldException {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException e) {
      throw notUsher("answers something else than JSON, status " + answer.statusCode());
    }
  }

  private NotToldException notUsher(String what) {
    return new NotToldException(
        base + " must be the ops port of a gateway of this version but it " + what);
  }
}
