package dev.usher.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether a script keeps to the names that its head declares. Lua itself notices a name that
 * nothing declares only when it comes to it.
 */
final class ScriptCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern BY_NUMBER = Pattern.compile("\\b(?:KEYS|ARGV)\\[[0-9]+\\]");
  private static final Pattern NOT_CODE =
      Pattern.compile("'(?:[^'\\\\\n]|\\\\.)*+'|\"(?:[^\"\\\\\n]|\\\\.)*+\"|--[^\n]*+");

  /** A name that is read: no field, no method, and nothing that is only set. */
  private static final Pattern READ =
      Pattern.compile("(?<![\\w.:])[A-Za-z_]\\w*+(?!\\s*=[^=])|(?<=\\.\\.)[A-Za-z_]\\w*+");

  /** Names that a local, a loop or a function brings. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          "\\blocal (?!function\\b)([\\w, ]+)|\\bfor ([\\w, ]+?) ?(?:=|\\bin\\b)"
              + "|\\bfunction ?(\\w*) ?\\(([\\w, ]*)\\)");

  private static final Pattern OF_THE_FILE =
      Pattern.compile("^local (?:function )?([\\w, ]+)", Pattern.MULTILINE);

  private static final Set<String> LUA =
      Set.of(
          ("and break do else elseif end false for function if in local nil not or repeat return"
                  + " then true until while KEYS ARGV redis string math table tonumber tostring"
                  + " ipairs pairs error")
              .split(" ", -1));

  private final String script;
  private final List<String> declared = new ArrayList<>();
  private final Set<String> shared;
  private final Set<String> places;
  private final List<String> common;

  ScriptCheck(ScriptNames keys, ScriptNames arguments, String prelude, List<String> common) {
    this.script = keys.script();
    this.declared.addAll(keys.inLua());
    this.declared.addAll(arguments.inLua());
    this.shared = names(OF_THE_FILE, prelude);
    this.places = names(OF_THE_FILE, keys.places() + arguments.places());
    this.common = common;
  }

  /** Refuses a script whose names are not what they seem, and says which. */
  void check(String text) {
    String code = NOT_CODE.matcher(text).replaceAll("''");
    BY_NUMBER.matcher(code).results().forEach(r -> refuse("must call " + r.group() + " by name"));
    Set<String> brought = names(BROUGHT, code);
    brought.addAll(shared);
    Set<String> once = new HashSet<>();
    for (String name : declared) {
      if (LUA.contains(name) || !(places.contains(name) || NAME.matcher(name).matches())) {
        refuse("declares " + name + ", which must be in small letters and no word of Lua's");
      }
      if (!once.add(name) || brought.contains(name)) {
        refuse("declares " + name + " twice");
      }
    }
    Set<String> read = new TreeSet<>();
    READ.matcher(code).results().map(MatchResult::group).forEach(read::add);
    declared.stream()
        .filter(name -> !read.contains(name) && !common.contains(name))
        .forEach(name -> refuse("declares " + name + ", but does not use it"));
    for (Set<String> known : List.of(LUA, ScriptConstants.names(), once, brought, places)) {
      read.removeAll(known);
    }
    read.forEach(name -> refuse("uses " + name + ", which nothing declares"));
  }

  private void refuse(String why) {
    throw new IllegalStateException(script + " " + why);
  }

  private static Set<String> names(Pattern pattern, String code) {
    Set<String> names = new HashSet<>();
    pattern
        .matcher(code)
        .results()
        .forEach(
            found -> {
              for (int i = 1; i <= found.groupCount(); i++) {
                if (found.group(i) != null) {
                  names.addAll(Arrays.asList(found.group(i).strip().split("[, ]+", -1)));
                }
              }
            });
    names.remove("");
    return names;
  }
}
