package dev.usher.cli.wait;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code usher wait}. */
@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    description = {
      "Wait in line before a page, as an app does, and print the pass.",
      "",
      "Where the visitor stands goes to the standard error, the pass to the standard output. It"
          + " asks when it is told to, and goes on while a gateway restarts. If none has answered"
          + " within a minute, it stops.",
      "Exit code 0: let in; 1: refused, or no gateway; 2: a wrong command line; 3: sold out; 4:"
          + " still waiting when the time was over."
    })
public final class WaitCommand implements Callable<Integer> {
  private static final int REFUSED = 1;
  private static final int SOLD_OUT = 3;
  private static final int STILL_WAITING = 4;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "URL", description = "the page, or the gateway before it")
  private String url = "";

  @Option(
      names = "--room",
      paramLabel = "NAME",
      description = "the room; needed where the gateway has several")
  private @Nullable String room;

  @Option(
      names = "--ticket",
      paramLabel = "FILE",
      description = {
        "keep the place in this file, and go on with the place that is in it; later it holds the"
            + " pass. curl sends either with -H @FILE"
      })
  private @Nullable Path ticket;

  @Option(
      names = "--at-most",
      paramLabel = "SECONDS",
      description = "stop waiting after this time; the place is kept for a while")
  private @Nullable Long atMost;

  @Option(names = "--json", description = "print each answer, one a line, instead of the pass")
  private boolean json;

  private String told = "";

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = commands().getErr();
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(atMost == null ? Integer.MAX_VALUE : atMost);
    try {
      TokenFile tokens = TokenFile.open(ticket);
      PatientVisitor visitor =
          new PatientVisitor(gateway(), tokens, this::tell, PatientVisitor.STRANGER);
      return switch (visitor.untilAdmitted(end)) {
        case ADMITTED -> admitted(tokens, began);
        case SOLD_OUT -> SOLD_OUT;
        case STILL_WAITING -> STILL_WAITING;
      };
    } catch (NotAdmittedException e) {
      err.println(e.getMessage());
      return REFUSED;
    }
  }

  private int admitted(TokenFile tokens, long began) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    say("Let in after " + StandingWords.time(seconds) + ".");
    if (!json) {
      commands().getOut().println(Objects.requireNonNullElse(tokens.pass(), ""));
      commands().getOut().flush();
    }
    return 0;
  }

  private PlaceCall gateway() {
    try {
      return PlaceCall.to(url, room);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commands(), String.valueOf(e.getMessage()), e);
    }
  }

  private CommandLine commands() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private void tell(ToldPlace answer) {
    if (json) {
      JsonObject line = answer.json().isEmpty() ? new JsonObject() : answer.json().copy();
      commands().getOut().println(line.put("httpStatus", answer.status()).encode());
      commands().getOut().flush();
    }
    say(StandingWords.of(answer));
  }

  /** Says what has changed, not each answer. */
  private void say(String words) {
    if (!json && !words.isEmpty() && !words.equals(told)) {
      told = words;
      commands().getErr().println(words);
    }
  }
}
