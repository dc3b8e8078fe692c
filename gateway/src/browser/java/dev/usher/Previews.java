package dev.usher;

import dev.usher.cli.page.PagesCommand;
import dev.usher.config.ConfigReader;
import dev.usher.page.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Every page that a visitor may meet, as the command {@code usher page preview} serves them. */
final class Previews {
  private static final Pattern URL = Pattern.compile("http://127[.]0[.]0[.]1:\\d+/");
  private static final Pattern STATE = Pattern.compile("href=\"/concert/([^/]+)/en\"");

  private final String url;

  private Previews(String url) {
    this.url = url;
  }

  /** Those of a room called concert. */
  static Previews of(Path folder, String room) {
    StringWriter said = new StringWriter();
    try {
      Path file =
          Files.writeString(
              folder.resolve("preview.yaml"),
              "upstreams: {shop: {pods: ['http://127.0.0.1:9'], sessionsPerPod: 1}}\n"
                  + ("rooms: {concert: " + room + "}\n"));
      CommandLine command =
          PagesCommand.with(new ConfigReader(Map.of())).setOut(new PrintWriter(said, true));
      command.execute("preview", file.toString());
      Matcher found = URL.matcher(said.toString());
      if (!found.find()) {
        throw new AssertionError("The command must say where the pages are but said " + said);
      }
      return new Previews(found.group());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Those of a room with a link, as nothing else is of interest. */
  static Previews forEveryone(Path folder) {
    return of(folder, "{title: City Concert 2027, page: {links: [{label: Seats, url: /seats}]}}");
  }

  String url(String state, Language language) {
    return url + "concert/" + state + "/" + language.tag();
  }

  /** The names of all pages. */
  List<String> states() {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      String index =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      return STATE.matcher(index).results().map(state -> state.group(1)).toList();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
