package dev.usher.store.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a script and the arguments that follow those common to all, in its order.
 *
 * @param keys every key the script touches
 * @param arguments numbers as they are, bits as bytes
 */
record ScriptArguments(List<String> keys, List<Object> arguments) {
  ScriptArguments(List<String> keys) {
    this(keys, new ArrayList<>());
  }

  ScriptArguments with(Object... more) {
    arguments.addAll(List.of(more));
    return this;
  }
}
