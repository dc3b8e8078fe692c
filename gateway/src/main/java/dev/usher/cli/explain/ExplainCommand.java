package dev.usher.cli.explain;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code usher explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a running gateway why nobody more comes in, and say it in words.",
      "Exit code 0: it was told; 1: it could not be asked, or has no such room; 2: a wrong command"
          + " line."
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final int NOT_TOLD = 1;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "ROOM",
      description = "the room; left out, every room of the gateway")
  private @Nullable String room;

  @Option(
      names = "--ops",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "the gateway's port for operators; default: ${DEFAULT-VALUE}")
  private String ops = "";

  @Override
  public Integer call() throws InterruptedException {
    OpsPort port = port();
    try {
      PrintWriter out = commands().getOut();
      boolean first = true;
      for (List<JsonObject> rooms : byUpstream(port, room)) {
        out.print(first ? "" : "\n");
        out.print(Explanation.of(rooms));
        first = false;
      }
      out.flush();
      return 0;
    } catch (NotToldException e) {
      commands().getErr().println(e.getMessage());
      return NOT_TOLD;
    }
  }

  private CommandLine commands() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private OpsPort port() {
    try {
      return OpsPort.at(ops);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commands(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The rooms asked for, grouped by upstream, because its rooms share its capacity. */
  private static Iterable<List<JsonObject>> byUpstream(OpsPort port, @Nullable String room)
      throws NotToldException, InterruptedException {
    Map<String, List<JsonObject>> rooms = new LinkedHashMap<>();
    for (String name : room == null ? port.rooms() : List.of(room)) {
      JsonObject told = port.room(name);
      rooms.computeIfAbsent(told.getString("upstream", ""), up -> new ArrayList<>()).add(told);
    }
    return rooms.values();
  }
}
