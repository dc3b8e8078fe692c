package dev.usher.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One page of the documentation, as Markdown. */
record Page(Path file, String text) {
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern INDENTED = Pattern.compile("(?m)(?<=\\n\\n)(?: {4}.*\\n|\\n)+");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  /** The pages that readers use: the first page and everything below docs. */
  static List<Page> all() {
    List<Page> pages = new ArrayList<>(List.of(read(ROOT.resolve("README.md"))));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(file -> pages.add(read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages;
  }

  /** Those, and the pages for whoever changes Usher. */
  static List<Page> withThoseOfItsMakers() {
    List<Page> pages = new ArrayList<>(all());
    for (String file :
        new String[] {"ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"}) {
      pages.add(read(ROOT.resolve(file)));
    }
    return pages;
  }

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return ROOT.relativize(file).toString();
  }

  /** What stands between backquotes within the text, each on one line. */
  List<String> spans() {
    return SPAN.matcher(prose())
        .results()
        .map(span -> span.group(1).strip().replaceAll("\\s+", " "))
        .toList();
  }

  /** The text without its fenced blocks. */
  String prose() {
    return FENCE.matcher(text).replaceAll("");
  }

  /** The blocks of code in this language that are fenced, and with "" those that are indented. */
  List<String> blocks(String language) {
    Stream<String> blocks =
        language.isEmpty()
            ? INDENTED.matcher(prose()).results().map(MatchResult::group)
            : FENCE
                .matcher(text)
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2));
    return blocks.map(String::stripIndent).toList();
  }

  /** Every line of a block of code. */
  List<String> lines() {
    return Stream.concat(
            FENCE.matcher(text).results().map(fence -> fence.group(2)), blocks("").stream())
        .flatMap(String::lines)
        .map(String::strip)
        .toList();
  }

  /** What a link to a heading of this page ends in, as GitHub makes it of the heading. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").strip().replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
