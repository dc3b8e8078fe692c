package dev.usher.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with packages as a whole: too many files in one, or one name in two of them. */
final class PackageRules {
  static final int FILES_MAX = 25;

  /** Where each program begins, and what is no type. */
  private static final List<String> NO_NAMES = List.of("Main.java", "package-info.java");

  private PackageRules() {}

  static List<Finding> check(List<Source> sources) {
    List<Finding> found = new ArrayList<>();
    Map<String, Integer> files = new TreeMap<>();
    Map<String, Source> byName = new TreeMap<>();
    for (Source source : sources) {
      String name = String.valueOf(source.path().getFileName());
      if (!source.path().toString().contains("/src/main/") || name.equals("package-info.java")) {
        continue;
      }
      if (files.merge(source.packageName(), 1, Integer::sum) == FILES_MAX + 1) {
        String what = source.packageName() + " has more than " + FILES_MAX + " files";
        found.add(new Finding(source.path(), 1, what, "find the second idea"));
      }
      Source other = NO_NAMES.contains(name) ? null : byName.put(name, source);
      if (other != null) {
        String what = name + " is also in " + other.packageName();
        found.add(new Finding(source.path(), 1, what, "one name for one thing: rename one"));
      }
    }
    return found;
  }
}
