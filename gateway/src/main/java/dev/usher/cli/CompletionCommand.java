package dev.usher.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code usher completion}: prints a script with which a shell completes Usher's
 * commands and flags.
 */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "For this shell: source <(usher completion)",
      "For each: usher completion > /etc/bash_completion.d/usher"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec own = java.util.Objects.requireNonNull(spec);
    Console.out(own).print(AutoComplete.bash("usher", own.root().commandLine()));
    Console.out(own).flush();
    return 0;
  }
}
