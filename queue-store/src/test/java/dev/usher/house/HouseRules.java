package dev.usher.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of the house for Java files, main and test alike. A rule that does not serve is broken
 * with a comment right above, which begins with "Rule zero:" and says why.
 */
public final class HouseRules {
  private static final String EXCUSE = "// Rule zero: ";

  /** A comment may have two lines. */
  private static final int EXCUSE_LINES = 2;

  private HouseRules() {}

  /** What is wrong in a module, one line each with its remedy; empty when all is well. */
  public static String broken(Path module) {
    Path own = module.toAbsolutePath().normalize();
    return text(check(sources(parent(own), folders(own))));
  }

  /** Types of any module beside this one, and of itself, that are public for nobody. */
  public static String publicForNobody(Path module) {
    Path root = parent(module.toAbsolutePath().normalize());
    List<Source> all = sources(root, modules(root).flatMap(HouseRules::folders));
    return text(PublicRules.check(all, all));
  }

  /** Packages, over all modules beside this one and itself, that are too big or share a name. */
  public static String crowded(Path module) {
    Path root = parent(module.toAbsolutePath().normalize());
    return text(PackageRules.check(sources(root, modules(root).flatMap(HouseRules::folders))));
  }

  static List<Finding> check(List<Source> sources) {
    List<Finding> found = new ArrayList<>();
    for (Source source : sources) {
      List<String> lines = source.lines();
      Stream.concat(TextRules.check(source).stream(), ShapeRules.check(source).stream())
          .filter(finding -> !isExcused(finding, lines))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean isExcused(Finding finding, List<String> lines) {
    int line = finding.line() - 1;
    return lines.subList(Math.max(0, line - EXCUSE_LINES), line).stream()
        .anyMatch(above -> above.strip().startsWith(EXCUSE));
  }

  private static String text(List<Finding> found) {
    return found.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  private static List<Source> sources(Path root, Stream<Path> folders) {
    List<Source> sources = Source.below(root, folders);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("There must be Java files below " + root + " but is none");
    }
    return sources;
  }

  private static Path parent(Path module) {
    Path root = module.getParent();
    if (root == null) {
      throw new IllegalArgumentException("A module must be in a folder but was " + module);
    }
    return root;
  }

  private static Stream<Path> folders(Path module) {
    return Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java"));
  }

  private static Stream<Path> modules(Path root) {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
