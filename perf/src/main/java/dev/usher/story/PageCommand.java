package dev.usher.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code page}: a table and a chart of all runs in a folder. */
@Command(name = "page", description = "Writes table.md and story.svg of the runs in a folder.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PageCommand implements Callable<Integer> {
  @Parameters(index = "0", description = "folder with a folder for each run")
  private Path folder;

  @Option(names = "--visitors", defaultValue = "400")
  private int visitors;

  @Override
  public Integer call() throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (Trial.Kind kind : Trial.Kind.values()) {
      Path run = folder.resolve(kind.folder());
      if (Files.exists(run.resolve("course.csv"))) {
        trials.add(Trial.read(kind, run));
      }
    }
    StoryPage page = new StoryPage(trials, visitors);
    Files.writeString(folder.resolve("table.md"), page.table());
    Files.writeString(folder.resolve("story.svg"), page.chart());
    System.out.print(page.table());
    return 0;
  }
}
