package dev.usher.cli.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.ConfigReader;
import dev.usher.page.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator looks at the pages before anybody else does. */
final class PreviewServerTest {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]+)\"");

  private static final String CONFIG =
      """
      upstreams: {shop: {pods: ['http://a'], sessionsPerPod: 1}}
      rooms: {concert: {title: Gala, page: {links: [{label: Help, url: /help}]}}}
      """;

  @TempDir private Path folder = Path.of(".");
  private final HttpClient client = HttpClient.newHttpClient();
  private Path file = Path.of(".");
  private final PreviewServer server =
      PreviewServer.start(() -> new ConfigReader(Map.of()).read(file), 0);

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("gateway.yaml"), CONFIG);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyStateIsThereInEveryLanguage() throws IOException, InterruptedException {
    var links = LINK.matcher(get("/").body()).results().map(link -> link.group(1)).toList();
    assertThat(links)
        .hasSize(Shown.all().size() * Language.values().length)
        .hasSizeGreaterThan(100);
    for (String link : links) {
      HttpResponse<String> page = get(link);
      assertThat(page.statusCode()).as(link).isEqualTo(200);
      assertThat(page.body())
          .contains(
              "<html lang=\"" + link.substring(link.lastIndexOf('/') + 1) + "\"", "Gala", "Help");
    }
  }

  @Test
  void theScriptOfAPageIsToldTheStateOfThatPage() throws IOException, InterruptedException {
    String from = "http://127.0.0.1:" + server.port() + "/concert/sold-out/de";
    assertThat(get("/_usher/place?room=concert", "Referer", from).body())
        .contains("\"state\":\"sold_out\"");
    HttpResponse<String> other = get("/_usher/page?room=concert&language=ar", "Referer", from);
    assertThat(other.statusCode()).isEqualTo(303);
    assertThat(other.headers().firstValue("Location")).contains("/concert/sold-out/ar");
  }

  @Test
  void aFileIsReadAnewAndItsFaultsAreShown() throws IOException, InterruptedException {
    Files.writeString(file, CONFIG.replace("Gala", "Opera"));
    assertThat(get("/concert/near/en").body()).contains("Opera");
    Files.writeString(file, CONFIG.replace("/help", "nowhere"));
    assertThat(get("/concert/near/en").body())
        .contains("rooms.concert.page.links[0].url must be an address");
    assertThat(get("/other/near/en").statusCode()).isEqualTo(500);
    Files.writeString(file, CONFIG);
    assertThat(get("/other/near/en").statusCode()).isEqualTo(404);
    assertThat(get("/concert/near").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageOfAnotherSiteThatCallsThisMachineByItsOwnNameSeesNothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(US_ASCII));
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      assertThat(answer).startsWith("HTTP/1.1 421");
    }
  }
}
