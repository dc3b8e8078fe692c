package dev.usher.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be seen of a file without understanding it. */
final class TextRules {
  static final int FILE_LINES_MAX = 300;
  static final int LINE_COLUMNS_MAX = 100;

  /** Put together here, so that this file does not break the rules that it states. */
  private static final Map<Pattern, String> FORBIDDEN =
      Map.of(
          Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X{3})\\b"),
          "do it now, or open an issue; the code says what is",
          Pattern.compile("@Dis" + "abled\\b"),
          "repair the test, or delete it with the promise it made",
          Pattern.compile("\\bThread\\.sl" + "eep\\b"),
          "wait for what you mean: a condition, a latch, the end of a process");

  private TextRules() {}

  static List<Finding> check(Source source) {
    List<Finding> found = new ArrayList<>();
    List<String> lines = source.lines();
    if (lines.size() > FILE_LINES_MAX) {
      String what = lines.size() + " lines, at most " + FILE_LINES_MAX;
      found.add(new Finding(source.path(), lines.size(), what, "find the second idea"));
    }
    for (int i = 0; i < lines.size(); i++) {
      checkLine(source, i + 1, lines.get(i), found);
    }
    return found;
  }

  private static void checkLine(Source source, int number, String line, List<Finding> found) {
    // The name of an import cannot be broken.
    if (line.length() > LINE_COLUMNS_MAX && !line.startsWith("import ")) {
      String what = line.length() + " columns, at most " + LINE_COLUMNS_MAX;
      found.add(new Finding(source.path(), number, what, "break it, or give a part of it a name"));
    }
    FORBIDDEN.forEach(
        (pattern, remedy) -> {
          var match = pattern.matcher(line);
          if (match.find()) {
            String what = match.group() + " has no place here";
            found.add(new Finding(source.path(), number, what, remedy));
          }
        });
  }
}
