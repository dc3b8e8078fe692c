package dev.usher;

import dev.usher.token.Keys;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a new key. */
@Command(
    name = "key",
    description = {
      "Print a new signing key, for the file of keys.file or for USHER_KEY.",
      "To change keys: add the new one below the old one on every replica, then move it to the top;"
          + " remove the old one when the longest session is over."
    },
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  private final SecureRandom chance;

  @Spec private @Nullable CommandSpec spec;

  KeyCommand(SecureRandom chance) {
    this.chance = chance;
  }

  @Override
  public Integer call() {
    Console.out(spec).println(Keys.newKey(chance));
    return 0;
  }
}
