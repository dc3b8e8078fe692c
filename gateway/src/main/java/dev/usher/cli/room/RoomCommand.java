package dev.usher.cli.room;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The command {@code usher room}. */
@Command(
    name = "room",
    mixinStandardHelpOptions = true,
    description = {
      "Control a room of a running gateway: it is in force on all its replicas within two seconds.",
      "",
      "  usher room NAME pause [--message TEXT]   nobody comes in; whoever is inside stays",
      "  usher room NAME resume                   takes a pause and its message back",
      "  usher room NAME message TEXT             told to those who wait; \"\" takes it back",
      "  usher room NAME sold-out [--take-back]   ends the wait",
      "  usher room NAME limit [--sessions N|none] [--per-minute N|none]",
      "  usher room NAME admit N                  calls the next N, as far as places are free",
      "  usher room NAME reset --confirm NAME     begins a new line; all who wait lose their place",
      "",
      "The token is taken from --token-file or USHER_OPS_TOKEN.",
      "Exit code 0: it was done, or told by --dry-run; 1: the gateway refused it or could not be"
          + " asked; 2: a wrong command line."
    })
public final class RoomCommand implements Callable<Integer> {
  private static final int NOT_DONE = 1;
  private static final String TOKEN = "USHER_OPS_TOKEN";

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "the room")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "ACTION",
      description = "pause, resume, message, sold-out, limit, admit or reset")
  private String action = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "of message: the text; of admit: how many")
  private @Nullable String value;

  @Option(names = "--message", paramLabel = "TEXT", description = "of pause: what is told")
  private @Nullable String message;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "of limit: most sessions of the room; none takes it back")
  private @Nullable String sessions;

  @Option(
      names = "--per-minute",
      paramLabel = "N",
      description = "of limit: most visitors let in within a minute; none takes it back")
  private @Nullable String perMinute;

  @Option(names = "--take-back", description = "of sold-out: there is something again")
  private boolean takeBack;

  @Option(names = "--confirm", paramLabel = "NAME", description = "of reset: the room's name again")
  private @Nullable String confirm;

  @Option(names = "--dry-run", description = "only say how many people it would touch")
  private boolean dryRun;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file whose first line is NAME:TOKEN or the token alone")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ops",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "the gateway's port for operators; default: ${DEFAULT-VALUE}")
  private String ops = "";

  /**
   * @param environment of which only the token is read
   */
  public RoomCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonObject wish = wish();
    if (dryRun) {
      wish.put("dryRun", true);
    }
    PrintWriter err = commands().getErr();
    try {
      ControlCall call = ControlCall.to(ops, room, action);
      JsonObject told = call.post(token(), wish);
      commands().getOut().println(Deeds.inWords(told));
      commands().getOut().flush();
      return 0;
    } catch (NotDoneException e) {
      err.println(e.getMessage());
      return NOT_DONE;
    }
  }

  private CommandLine commands() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private ParameterException wrong(String how) {
    return new ParameterException(commands(), how);
  }

  private JsonObject wish() {
    refuseStrangers();
    return switch (action) {
      case "pause" -> message == null ? new JsonObject() : new JsonObject().put("message", message);
      case "resume" -> new JsonObject();
      case "message" -> new JsonObject().put("message", needed("the text, \"\" for none"));
      case "sold-out" -> new JsonObject().put("soldOut", !takeBack);
      case "limit" -> limits();
      case "admit" -> new JsonObject().put("visitors", number("VALUE", needed("how many")));
      case "reset" -> new JsonObject().put("confirm", confirm == null ? "" : confirm);
      default ->
          throw wrong(
              "ACTION must be pause, resume, message, sold-out, limit, admit or reset but was \""
                  + action
                  + "\"");
    };
  }

  /** Refuses what belongs to another action: it was meant to do something. */
  private void refuseStrangers() {
    only("VALUE", value != null, "message admit");
    only("--message", message != null, "pause");
    only("--sessions", sessions != null, "limit");
    only("--per-minute", perMinute != null, "limit");
    only("--take-back", takeBack, "sold-out");
    only("--confirm", confirm != null, "reset");
  }

  private void only(String what, boolean given, String actions) {
    if (given && !(" " + actions + " ").contains(" " + action + " ")) {
      throw wrong(what + " must come with " + actions.replace(" ", " or ") + " only");
    }
  }

  private String needed(String what) {
    if (value == null) {
      throw wrong(action + " needs a VALUE: " + what);
    }
    return value;
  }

  private JsonObject limits() {
    JsonObject limits = new JsonObject();
    if (sessions != null) {
      limits.put("sessions", limit("--sessions", sessions));
    }
    if (perMinute != null) {
      limits.put("perMinute", limit("--per-minute", perMinute));
    }
    if (limits.isEmpty()) {
      throw wrong("limit needs --sessions, --per-minute or both; none takes a limit back");
    }
    return limits;
  }

  private @Nullable Long limit(String name, String given) {
    return given.equals("none") ? null : Long.valueOf(number(name, given));
  }

  private long number(String name, String given) {
    if (!given.matches("[0-9]{1,9}")) {
      throw wrong(name + " must be a whole number but was \"" + given + "\"");
    }
    return Long.parseLong(given);
  }

  private String token() throws NotDoneException {
    String given = tokenFile == null ? environment.get(TOKEN) : read(tokenFile);
    if (given == null || given.isBlank()) {
      throw new NotDoneException(
          "A token must be given in " + TOKEN + " or by --token-file but there is none");
    }
    String first = given.strip().lines().findFirst().orElse("").strip();
    return first.substring(first.indexOf(':') + 1);
  }

  private static String read(Path file) throws NotDoneException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new NotDoneException("--token-file must be a readable text file but was " + file);
    }
  }
}
