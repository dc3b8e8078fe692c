package dev.usher.cli;

import dev.usher.config.ConfigReader;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.token.Keys;
import dev.usher.token.Passes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code usher key}: prints a new key, or the keys with which others verify passes. */
@Command(
    name = "key",
    description = {
      "Print a new signing key, for the file of keys.file or for USHER_KEY.",
      "To change keys: add the new one below the old one on every replica, then move it to the top;"
          + " remove the old one when the longest session is over.",
      "With --pass: print what an origin checks passes with, made of the keys that are in use."
    },
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  private final ConfigReader reader;
  private final SecureRandom chance;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--pass",
      paramLabel = "FILE",
      description =
          "Print the keys of passes as a JSON Web Key Set (RFC 7517): those of this configuration"
              + " file and of USHER_KEY. Keep it secret: who can check a pass with it can make one."
              + " Nobody can make tickets with it.")
  private @Nullable Path config;

  KeyCommand(ConfigReader reader, SecureRandom chance) {
    this.reader = reader;
    this.chance = chance;
  }

  @Override
  public Integer call() {
    if (config == null) {
      Console.out(spec).println(Keys.newKey(chance));
      return 0;
    }
    try {
      Keys keys = reader.read(config).keys();
      if (keys == null) {
        Console.err(spec)
            .println(
                config
                    + " has no lasting key: keys.file is not set, nor USHER_KEY, so that each start"
                    + " makes up one that nobody else can know. Run \"usher key > keys\" once and"
                    + " name that file.");
        return Console.REFUSED;
      }
      Console.out(spec).println(Passes.jwks(keys));
      return 0;
    } catch (RefusedConfigException e) {
      return Console.refuse(spec, e);
    }
  }
}
