package dev.usher.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names of a script's keys, or of its arguments, in their order.
 *
 * @param script the file that declares them
 * @param table what Lua calls them all: KEYS or ARGV
 * @param once those that are given once
 * @param each those that are given for each of any number of chunks, rooms and the like
 */
record ScriptNames(String script, String table, List<String> once, List<String> each) {
  /** Stands for what all scripts about one queue are given first. */
  private static final String COMMON = "...";

  ScriptNames {
    once = List.copyOf(once);
    each = List.copyOf(each);
  }

  /**
   * The names in the lines of a script's head that begin so.
   *
   * @param common the names that three dots stand for
   */
  static ScriptNames read(String script, String table, String text, List<String> common) {
    String line = table.equals("KEYS") ? "-- keys: " : "-- args: ";
    List<String> words =
        text.lines()
            .filter(each -> each.startsWith(line))
            .flatMap(each -> Arrays.stream(each.substring(line.length()).strip().split(" +", -1)))
            .toList();
    if (words.isEmpty()) {
      throw new IllegalStateException(
          script + " must name its " + table + " in a line that begins with \"" + line + "\"");
    }
    int bar = words.contains("|") ? words.indexOf("|") : words.size();
    List<String> once = new ArrayList<>(words.subList(0, bar));
    if (once.remove(COMMON)) {
      once.addAll(0, common);
    }
    return new ScriptNames(
        script, table, once, words.subList(Math.min(bar + 1, words.size()), words.size()));
  }

  /** Refuses what is given at this index by the name of another. */
  void check(int index, String name) {
    String wanted = at(index);
    if (!wanted.equals(name)) {
      String what = wanted.isEmpty() ? " has no " : " wants " + wanted + " as ";
      throw new IllegalArgumentException(script + what + place(index) + " but was given " + name);
    }
  }

  private String at(int index) {
    if (index < once.size()) {
      return once.get(index);
    }
    return each.isEmpty() ? "" : each.get((index - once.size()) % each.size());
  }

  /** Refuses to do with so many when one is missing. */
  void checkWhole(int count) {
    int beyond = count - once.size();
    if (beyond < 0 || (!each.isEmpty() && beyond % each.size() != 0)) {
      throw new IllegalArgumentException(
          script + " wants " + at(count) + " as " + place(count) + " but was not given it");
    }
  }

  private String place(int index) {
    return table + "[" + (index + 1) + "]";
  }

  /** Lua that makes locals of the names given once that are among these. */
  String locals(List<String> wanted) {
    List<String> named = once.stream().filter(wanted::contains).toList();
    return named.isEmpty()
        ? ""
        : named.stream().collect(Collectors.joining(", ", "local ", " = "))
            + named.stream()
                .map(name -> place(once.indexOf(name)))
                .collect(Collectors.joining(", ", "", "\n"));
  }

  /** Lua that says where the others begin, how many each has, and where in it each lies. */
  String places() {
    String from = table.equals("KEYS") ? "KEYS_" : "ARGS_";
    StringBuilder lua = new StringBuilder();
    if (!each.isEmpty()) {
      lua.append("local ").append(from).append("FROM = ").append(once.size() + 1).append('\n');
    }
    if (each.size() > 1) {
      lua.append("local ").append(from).append("EACH = ").append(each.size()).append('\n');
      for (int i = 0; i < each.size(); i++) {
        lua.append("local ").append(inCapitals(each.get(i))).append(" = ").append(i).append('\n');
      }
    }
    return lua.toString();
  }

  /** The names as the script uses them. One that is alone in its kind is not called by its name. */
  List<String> inLua() {
    List<String> all = new ArrayList<>(once);
    if (each.size() > 1) {
      each.forEach(name -> all.add(inCapitals(name)));
    }
    return all;
  }

  private static String inCapitals(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
