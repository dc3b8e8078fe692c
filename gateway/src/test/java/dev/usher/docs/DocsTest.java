package dev.usher.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.cli.Main;
import dev.usher.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands of the documentation are such, and its links lead somewhere. */
final class DocsTest {
  private static final Pattern COMMAND =
      Pattern.compile("(?:java (?:-\\S+ )*-jar \\S*usher\\.jar|(?:\\./|\\S*/)?usher) +(\\S.*)");

  /** A comment, and what only the shell sees. */
  private static final Pattern SHELL = Pattern.compile("\\s+(#|>|&|\\|).*");

  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]+)\\b.*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** Options that are told of, of other programs than ours. */
  private static final List<String> OF_OTHERS =
      List.of("--user", "--read-only", "--tmpfs", "--dry-run", "--only", "--short", "--seeds");

  @Test
  void everyCommandOfTheDocumentationIsOneThatUsherTakes() {
    List<String> untrue = new ArrayList<>();
    for (Page page : Page.withThoseOfItsMakers()) {
      page.lines().forEach(line -> complain(page, line, false, untrue));
      page.spans().forEach(span -> complain(page, span, true, untrue));
    }
    assertThat(untrue).isEmpty();
  }

  private static void complain(Page page, String text, boolean mention, List<String> to) {
    var command = COMMAND.matcher(text);
    if (command.matches()) {
      String line = SHELL.matcher(command.group(1)).replaceFirst("");
      String complaint = complaint(line.strip().split(" +"), mention);
      if (complaint != null) {
        to.add(page.name() + ": " + text + ": " + complaint);
      }
    }
  }

  /** What Usher says of such a command line; what only has a command's name need not be whole. */
  private static @Nullable String complaint(String[] words, boolean mention) {
    try {
      commands().parseArgs(words);
      return null;
    } catch (CommandLine.MissingParameterException e) {
      return mention ? null : e.getMessage();
    } catch (CommandLine.ParameterException e) {
      return e.getMessage();
    }
  }

  private static CommandLine commands() {
    return Main.commands(new ConfigReader(Map.of()), (config, file) -> {});
  }

  @Test
  void everyOptionOfTheDocumentationIsOneOfACommand() {
    List<String> known = new ArrayList<>(OF_OTHERS);
    for (CommandLine command : commands().getSubcommands().values()) {
      command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
    }
    List<String> untrue = new ArrayList<>();
    for (Page page : Page.withThoseOfItsMakers()) {
      for (String span : page.spans()) {
        var option = OPTION.matcher(span);
        if (option.matches() && !known.contains(option.group(1))) {
          untrue.add(page.name() + ": " + span);
        }
      }
    }
    assertThat(untrue).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFileAndToAHeadingThatAreThere() {
    List<String> broken = new ArrayList<>();
    for (Page page : Page.withThoseOfItsMakers()) {
      LINK.matcher(page.prose())
          .results()
          .map(link -> link.group(1))
          .filter(link -> !link.matches("[a-z]+:.*"))
          .filter(link -> !isThere(page, link))
          .forEach(link -> broken.add(page.name() + ": " + link));
    }
    assertThat(broken).isEmpty();
  }

  private static boolean isThere(Page page, String link) {
    int hash = link.indexOf('#');
    String to = hash < 0 ? link : link.substring(0, hash);
    Path file = to.isEmpty() ? page.file() : page.file().resolveSibling(to).normalize();
    return Files.exists(file)
        && (hash < 0 || Page.read(file).anchors().contains(link.substring(hash + 1)));
  }
}
