package dev.usher.cli.drill;

import dev.usher.cli.drill.crowd.Behaviour;
import dev.usher.cli.drill.crowd.Count;
import dev.usher.cli.drill.crowd.Plan;
import dev.usher.cli.drill.crowd.WireProtocol;
import dev.usher.cli.drill.http.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code usher drill}. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a flash crowd of real clients, each with a socket and cookies of its own.",
      "Exit code 0: every promise to visitors was kept; 1: one was broken; 2: it could not run."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DrillCommand implements Callable<Integer> {
  private static final int COULD_NOT_RUN = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description = "where the crowd goes; with several, each visitor goes to one by chance")
  private List<String> urls;

  @Option(names = "--visitors", defaultValue = "15000", description = "default: ${DEFAULT-VALUE}")
  private int visitors;

  @Option(
      names = "--within",
      defaultValue = "1s",
      converter = Seconds.class,
      description = "all arrive within; default: ${DEFAULT-VALUE}")
  private Duration within;

  @Option(
      names = "--session",
      defaultValue = "10s",
      converter = Seconds.class,
      description = "mean time inside; default: ${DEFAULT-VALUE}")
  private Duration session;

  @Option(
      names = "--think",
      defaultValue = "2s",
      converter = Seconds.class,
      description = "mean time between pages; default: ${DEFAULT-VALUE}")
  private Duration think;

  @Option(
      names = "--leave-silently",
      defaultValue = "0.3",
      description = "share who go without a word; default: ${DEFAULT-VALUE}")
  private double leaveSilently;

  @Option(
      names = "--patience",
      defaultValue = "30s",
      converter = Seconds.class,
      description = "wait for one answer; default: ${DEFAULT-VALUE}")
  private Duration patience;

  @Option(
      names = "--reloads",
      defaultValue = "0",
      description = "tries again after an error, 4 to 8 s later; default: ${DEFAULT-VALUE}")
  private int reloads;

  @Option(
      names = "--for",
      defaultValue = "120s",
      converter = Seconds.class,
      description = "ends after so long; default: ${DEFAULT-VALUE}")
  private Duration lasting;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--http2",
      description =
          "HTTP/2 over TLS instead of HTTP/1.1, each visitor on a connection of their own; the URL"
              + " must be https://; each costs this process some 100 KB")
  private boolean http2;

  @Option(names = "--insecure", description = "believe any certificate, also one that signs itself")
  private boolean insecure;

  @Option(
      names = "--ops",
      paramLabel = "URL",
      description = "Usher's ops port, such as http://localhost:9090, for sessions and capacity")
  private @Nullable String ops;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "write report.txt, report.json, report.svg and pages.csv (each page of admitted"
              + " visitors) here")
  private @Nullable Path out;

  @Option(
      names = "--bare",
      description = "first send the same crowd at a bare server, to know what sockets cost here")
  private boolean bare;

  @Option(
      names = "--target-is-mine",
      paramLabel = "HOST",
      description = "a host other than this machine that is yours and may be flooded")
  private List<String> mine = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = plan();
    if (!LeanJvm.isThisOne()) {
      return LeanJvm.run(spec);
    }
    Path logs = Files.createTempDirectory("usher-drill");
    PrintWriter screen = spec.commandLine().getOut();
    try {
      Outcome atBare = rehearse(plan, logs);
      Supplier<@Nullable OpsSample> view = ops == null ? () -> null : new OpsView(ops);
      Report report = new Report(new Drill(plan, view).run(new Ticker(screen)::show), atBare);
      screen.println(report.text());
      screen.flush();
      if (out != null) {
        report.write(out);
      }
      return report.promises().stream().noneMatch(Promise::isBroken) ? 0 : 1;
    } catch (NoRehearsalException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return COULD_NOT_RUN;
    } finally {
      Files.deleteIfExists(logs.resolve("bare.log"));
      Files.deleteIfExists(logs);
    }
  }

  private @Nullable Outcome rehearse(Plan plan, Path logs)
      throws IOException, InterruptedException {
    try (Rehearsal rehearsal = Rehearsal.start(logs)) {
      rehearsal.warmUp();
      return bare ? rehearsal.run(plan) : null;
    }
  }

  private Plan plan() {
    try {
      List<Target> targets = urls.stream().map(Target::of).toList();
      targets.forEach(t -> t.mustBeOurs(mine));
      SocketLimit.mustSuffice(visitors, SocketLimit.allowed());
      Behaviour habits = new Behaviour(session, think, leaveSilently, patience, reloads);
      return new Plan(targets, visitors, within, habits, lasting, seed)
          .over(new WireProtocol(http2, insecure));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Prints the state every two seconds. */
  private static final class Ticker {
    private static final double EVERY = 2;
    private final PrintWriter screen;
    private double next;

    Ticker(PrintWriter screen) {
      this.screen = screen;
    }

    void show(Moment now) {
      if (now.seconds() >= next) {
        next = now.seconds() + EVERY;
        screen.printf(
            Locale.ROOT,
            "%5.1f s  arrived %,d  tickets %,d  waiting %,d  admitted %,d  inside %,d  errors"
                + " %,d%n",
            now.seconds(),
            now.of(Count.ARRIVED),
            now.of(Count.TICKETS),
            now.of(Count.WAITING),
            now.of(Count.ADMITTED),
            now.of(Count.INSIDE),
            now.errors());
        screen.flush();
      }
    }
  }
}
