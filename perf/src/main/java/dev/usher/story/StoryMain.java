package dev.usher.story;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tools of {@code perf/story}, which plays the runs. */
@Command(
    name = "story",
    description = "What perf/story needs: the crowd, and the page of all runs.",
    subcommands = {CrowdCommand.class, PageCommand.class})
final class StoryMain {
  private StoryMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new StoryMain()).execute(args));
  }
}
