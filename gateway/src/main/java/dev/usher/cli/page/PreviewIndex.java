package dev.usher.cli.page;

import dev.usher.config.GatewayConfig;
import dev.usher.page.Language;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The list of all pages that there are to look at. */
final class PreviewIndex {
  private PreviewIndex() {}

  static String of(GatewayConfig config) {
    return config.rooms().stream()
        .map(room -> room(room.route().room()))
        .collect(
            Collectors.joining(
                "",
                "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                    + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                    + "<title>Waiting pages</title>\n<h1>Waiting pages</h1>\n"
                    + "<p>Narrow the window for a phone; whether the page is light or dark is your"
                    + " system's choice.</p>\n",
                "</html>\n"));
  }

  private static String room(String name) {
    return Shown.all().keySet().stream()
        .map(state -> "<tr><th scope=\"row\">" + state + "</th>" + cells(name, state) + "</tr>\n")
        .collect(Collectors.joining("", "<h2>" + name + "</h2>\n<table>\n", "</table>\n"));
  }

  private static String cells(String room, String state) {
    return Arrays.stream(Language.values())
        .map(
            language ->
                "<td><a href=\"/%s/%s/%s\">%s</a></td>"
                    .formatted(room, state, language.tag(), language.ownName()))
        .collect(Collectors.joining());
  }
}
