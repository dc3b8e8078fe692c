package dev.usher.store.redis;

import dev.usher.store.redis.link.Script;
import java.util.List;

/**
 * A script, and what its keys and arguments are called.
 *
 * @param script what Redis runs
 * @param keys all but the clock's, which the link adds
 * @param arguments all but the time that the link expects
 */
record NamedScript(Script script, ScriptNames keys, ScriptNames arguments) {
  /**
   * Puts a script together: the constants it needs, the prelude, and its names, all before it.
   * Refuses one that does not keep to its names.
   */
  static NamedScript of(String name, String prelude, String text) {
    List<String> common = ScriptNames.read("prelude.lua", "ARGV", prelude, List.of()).once();
    ScriptNames keys = ScriptNames.read(name + ".lua", "KEYS", text, List.of());
    ScriptNames arguments = ScriptNames.read(name + ".lua", "ARGV", text, common);
    new ScriptCheck(keys, arguments, prelude, common).check(text);
    List<String> own = arguments.once().stream().filter(each -> !common.contains(each)).toList();
    String whole =
        ScriptConstants.lua(prelude + text)
            + arguments.locals(common)
            + prelude
            + keys.locals(keys.once())
            + arguments.locals(own)
            + keys.places()
            + arguments.places()
            + text;
    return new NamedScript(Script.of(name, whole), keys, arguments);
  }

  String name() {
    return script.name();
  }
}
