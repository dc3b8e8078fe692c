package dev.usher.config.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/** The complaints of the YAML reader, in words that say what to write instead. */
final class YamlWords {
  /** Keyed by what the reader's sentence begins with or holds. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("\\t(TAB)", "there is a tab, and only spaces may indent");
    WORDS.put(
        "mapping values are not allowed here",
        "there is one colon too many: a text that holds \": \" belongs in quotes, and what belongs"
            + " to the line above must be indented further");
    WORDS.put("expected ',' or ']'", "a list is not closed: a comma or ] is missing before this");
    WORDS.put("expected ',' or '}'", "a group is not closed: a comma or } is missing before this");
    WORDS.put(
        "found another document", "a second document begins (---), and a file must hold one only");
    WORDS.put(
        "could not find expected ':'",
        "the line above is neither \"name: value\" nor \"- entry\"; the colon needs a space after"
            + " it");
    WORDS.put(
        "expected <block end>",
        "this is indented like no line above it: settings of one group begin in one column");
    WORDS.put("unexpected end of stream", "a quote is opened and never closed");
    WORDS.put("unexpected document separator", "a quote is opened and never closed");
    WORDS.put(
        "unknown escape character",
        "in double quotes a backslash means something: write the text in single quotes");
    WORDS.put("undefined alias", "a value that begins with * belongs in quotes");
    WORDS.put("that cannot start any token", "a value that begins so belongs in quotes");
    WORDS.put("unexpected character found", "a value that begins so belongs in quotes");
    WORDS.put("block sequence entries are not allowed", "a list begins on a line of its own");
    WORDS.put("sequence entries are not allowed here", "a list begins on a line of its own");
  }

  private YamlWords() {}

  static String of(String problem) {
    return WORDS.entrySet().stream()
        .filter(entry -> problem.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(problem);
  }
}
