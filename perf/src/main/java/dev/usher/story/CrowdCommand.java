package dev.usher.story;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code crowd}: sends the crowd once, and writes down each second. */
@Command(name = "crowd", description = "Sends the crowd to a shop and writes its course.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CrowdCommand implements Callable<Integer> {
  @Parameters(index = "0", description = "where the shop's visitors go, such as http://10.96.0.7")
  private String door;

  @Parameters(index = "1", description = "folder for course.csv and summary.txt")
  private Path folder;

  @Option(names = "--visitors", defaultValue = "400")
  private int visitors;

  @Option(names = "--within", defaultValue = "10", description = "seconds; all arrive within")
  private int within;

  @Option(names = "--for", defaultValue = "300", description = "seconds; the run ends then")
  private int lasting;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    StoryTally tally = new StoryTally();
    ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    come(new Buyer.Shared(door, client, time, tally));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(folder.resolve("course.csv")))) {
      out.println(Row.HEADING);
      for (int second = 0; second <= lasting; second++) {
        Row row = tally.row();
        out.println(row.csv());
        out.flush();
        if (second % 10 == 0) {
          System.out.println(row.csv());
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
    time.shutdownNow();
    String text = tally.text(visitors);
    Files.writeString(folder.resolve("summary.txt"), text);
    System.out.print(text);
    return 0;
  }

  private void come(Buyer.Shared shared) {
    SplittableRandom chance = new SplittableRandom(1);
    for (int i = 0; i < visitors; i++) {
      Buyer buyer = new Buyer(i, shared, chance.nextLong());
      var unused =
          shared
              .time()
              .schedule(
                  buyer::come, (long) (chance.nextDouble() * within * 1000), TimeUnit.MILLISECONDS);
    }
  }
}
