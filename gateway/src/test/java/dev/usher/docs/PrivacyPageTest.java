package dev.usher.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept about people, and for how long, is told in full. */
final class PrivacyPageTest {
  private static final Path SCRIPTS =
      Page.ROOT.resolve("queue-store/src/main/resources/dev/usher/store/redis");

  /** A row of the log's table: event, level, keys. */
  private static final Pattern EVENT =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [A-Z, ]+ \\|([^|]*)\\|");

  /** Keys of the log whose values are about somebody. */
  private static final Set<String> ABOUT_PEOPLE =
      Set.of("`address`", "`peer`", "`who`", "`session`");

  /** Where a script lets a key live longer than the line does. */
  private static final Pattern LONG =
      Pattern.compile("'PEXPIRE', (\\w+), string\\.format\\('%d', \\w+_KEPT_MS\\)");

  private final String page = Page.read(Page.ROOT.resolve("docs/privacy.md")).text();

  @Test
  void everyEventOfTheLogThatIsAboutSomebodyIsNamed() {
    String operations = Page.read(Page.ROOT.resolve("docs/operations.md")).text();
    List<String> about =
        EVENT
            .matcher(operations)
            .results()
            .filter(row -> ABOUT_PEOPLE.stream().anyMatch(row.group(2)::contains))
            .map(row -> row.group(1))
            .toList();
    assertThat(about).contains("access", "room_control", "pass_shared");
    assertThat(about).allMatch(event -> page.contains("`" + event + "`"));
  }

  @Test
  void everyKeyThatOutlivesTheLineIsNamedHereAndOnTheStoresPage() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> scripts = Files.list(SCRIPTS)) {
      scripts.map(script -> Page.read(script).text()).forEach(text -> keys.addAll(longLived(text)));
    }
    assertThat(keys).contains("record", "endings", "live", "notes", "proven");
    String store = Page.read(Page.ROOT.resolve("docs/store.md")).text();
    assertThat(keys)
        .allMatch(key -> page.contains("`usher:{UPSTREAM}:" + key + "`"))
        .allMatch(key -> store.contains("`usher:{UPSTREAM}:" + key + "`"));
  }

  /** The ends of the keys' names, as the script's head tells them. */
  private static Set<String> longLived(String script) {
    return LONG.matcher(script)
        .results()
        .flatMap(
            kept ->
                Pattern.compile("(?m)^-- " + kept.group(1) + " +\\w+ .*")
                    .matcher(script)
                    .results()
                    .flatMap(head -> Pattern.compile(":(\\w+)").matcher(head.group()).results())
                    .map(name -> name.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
