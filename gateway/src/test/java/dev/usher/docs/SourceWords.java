package dev.usher.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of what is shipped, and the names of all classes, tests included. */
final class SourceWords {
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern LOGGED = Pattern.compile("\\.log\\(\\s*\"([a-z_]+)\"");
  private static final Pattern QUOTED = Pattern.compile("\"([a-z]+(?:_[a-z]+)+)\"");
  private static final Pattern SOURCE = Pattern.compile(".*\\.(java|lua|json|ya?ml|tpl|js|sh)");

  private final Set<String> words = new HashSet<>();
  private final Set<String> events = new HashSet<>();
  private final Set<String> quoted = new HashSet<>();
  private final Set<String> classes = new HashSet<>();

  SourceWords() {
    for (String folder :
        new String[] {"gateway/src/main", "queue-store/src/main", "perf/src/main", "helm/usher"}) {
      for (Path file : files(folder)) {
        String text = Page.read(file).text();
        WORD.matcher(text).results().forEach(word -> words.add(word.group()));
        QUOTED.matcher(text).results().forEach(word -> quoted.add(word.group(1)));
        LOGGED.matcher(text).results().forEach(event -> events.add(event.group(1)));
      }
    }
    for (String folder : new String[] {"gateway/src", "queue-store/src", "perf/src", "helm/src"}) {
      for (Path file : files(folder)) {
        classes.add(file.getFileName().toString().replace(".java", ""));
      }
    }
  }

  private static Iterable<Path> files(String folder) {
    try (Stream<Path> files = Files.walk(Page.ROOT.resolve(folder))) {
      return files.filter(file -> SOURCE.matcher(file.toString()).matches()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean have(String word) {
    return words.contains(word);
  }

  /** Whether it is a word, or in small letters the name of a constant. */
  boolean haveName(String name) {
    return have(name) || have(name.toUpperCase(Locale.ROOT));
  }

  boolean haveClass(String name) {
    return classes.contains(name);
  }

  /**
   * Whether this is logged: as it is, kept by name, or as a beginning that a constant's name
   * follows.
   */
  boolean log(String event) {
    return events.contains(event)
        || quoted.contains(event)
        || events.stream()
            .anyMatch(
                logged ->
                    (logged.endsWith("_")
                        && event.startsWith(logged)
                        && haveName(event.substring(logged.length()))));
  }
}
