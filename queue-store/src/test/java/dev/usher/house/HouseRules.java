package dev.usher.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the house for the Java files of one module, main and test alike. */
public final class HouseRules {
  private HouseRules() {}

  /** What is wrong, one line each with file, line and remedy; empty when all is well. */
  public static String broken(Path module) {
    Path own = module.toAbsolutePath().normalize();
    Path root = own.getParent();
    if (root == null) {
      throw new IllegalArgumentException("A module must be in a folder but was " + own);
    }
    List<Source> checked = Source.below(root, folders(own));
    if (checked.isEmpty()) {
      throw new IllegalArgumentException("A module must hold Java files below src but was " + own);
    }
    List<Source> everything = Source.below(root, modules(root).flatMap(HouseRules::folders));
    return check(checked, everything).stream()
        .map(Finding::toString)
        .collect(Collectors.joining("\n"));
  }

  static List<Finding> check(List<Source> checked, List<Source> everything) {
    List<Finding> found = new ArrayList<>();
    for (Source source : checked) {
      found.addAll(TextRules.check(source));
      found.addAll(ShapeRules.check(source));
    }
    found.addAll(PublicRules.check(checked, everything));
    return found;
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
