package dev.usher.house;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be seen of a file without understanding it. */
final class TextRules {
  static final int FILE_LINES_MAX = 300;
  static final int LINE_COLUMNS_MAX = 100;

  private static final List<Forbidden> FORBIDDEN =
      List.of(
          // Put together here, so that this file does not break the rules that it states.
          new Forbidden(
              "\\b(TO" + "DO|FIX" + "ME|X{3})\\b",
              path -> true, "do it now, or open an issue; the code says what is"),
          new Forbidden(
              "@Dis" + "abled\\b",
              path -> true,
              "repair the test, or delete it with the promise it made"),
          new Forbidden(
              "^\\s*@(Te" + "st|Prop" + "erty|ParameterizedTe" + "st)\\b",
              path -> !path.endsWith("Test.java") && !path.endsWith("Contract.java"),
              "nobody runs it here: name the file ...Test, or ...Contract if others extend it"),
          new Forbidden(
              "\\bThread\\.sl" + "eep\\b",
              // The commands and the attacks keep a crowd's time on threads of their own.
              path ->
                  !path.contains("/main/java/dev/usher/attack/")
                      && !path.contains("/main/java/dev/usher/cli/demo/")
                      && !path.contains("/main/java/dev/usher/cli/drill/"),
              "wait for what you mean: a condition, a latch, the end of a process"),
          new Forbidden(
              "\\bpark(Nanos|Until)\\b|\\b[A-Z]+\\.sl" + "eep\\(",
              path -> path.contains("src/test/java/") && !path.endsWith("/house/Wait.java"),
              "wait by dev.usher.house.Wait, so that all tests do it in one way"));

  private TextRules() {}

  static List<Finding> check(Source source) {
    List<Finding> found = new ArrayList<>();
    List<String> lines = source.lines();
    // A name more to import makes no file harder to read.
    long own = lines.stream().filter(line -> !line.startsWith("import ")).count();
    if (own > FILE_LINES_MAX) {
      String what = own + " lines besides imports, at most " + FILE_LINES_MAX;
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
    for (Forbidden forbidden : FORBIDDEN) {
      Matcher match = forbidden.words.matcher(line);
      if (match.find() && forbidden.where.test(source.path().toString())) {
        String what = match.group() + " has no place here";
        found.add(new Finding(source.path(), number, what, forbidden.remedy));
      }
    }
  }

  private record Forbidden(Pattern words, Predicate<String> where, String remedy) {
    Forbidden(String words, Predicate<String> where, String remedy) {
      this(Pattern.compile(words), where, remedy);
    }
  }
}
