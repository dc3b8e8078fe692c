package dev.usher.ops.control;

import dev.usher.control.Deed;
import dev.usher.http.Problem;
import dev.usher.room.Room;
import dev.usher.store.upstream.LiveStore.Annals;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way for operators and origins to change something, on the operators' port. */
public final class ControlDesk {
  private static final Pattern PATH = Pattern.compile("/api/rooms/([^/]+)/(.+)");
  private static final String AUDIT = "/api/audit";
  private static final String END = "sessions/end";

  private final Reach reach;
  private final Permission permission;
  private final SessionEnd sessions;
  private final RoomControl control;

  /**
   * @param tokens what operators show; null if nobody may change anything
   */
  public ControlDesk(Reach reach, @Nullable OperatorTokens tokens) {
    this.reach = reach;
    this.permission = new Permission(tokens);
    this.sessions = new SessionEnd(reach);
    this.control = new RoomControl(reach);
  }

  /** Whether the request is of this kind. */
  public boolean isFor(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    Matcher room = PATH.matcher(path);
    return path.equals(AUDIT)
        || (room.matches()
            && (request.method().equals(HttpMethod.POST)
                || room.group(2).equals(END)
                || Wish.VERBS.containsKey(room.group(2))));
  }

  /** Does what is asked for, as far as it is allowed. */
  public CompletionStage<OpsAnswer> answer(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    HttpMethod method = request.method();
    if (path.equals(AUDIT)) {
      boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
      return reads ? audit(request) : done(OpsAnswer.only("GET, HEAD"));
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches() || !isVerb(parts.group(2))) {
      return done(
          OpsAnswer.of(
              Problem.NO_SUCH_CONTROL,
              "What is asked of a room must be one of "
                  + new TreeSet<>(Wish.VERBS.keySet())
                  + " but was \""
                  + path.substring(path.lastIndexOf('/') + 1)
                  + "\""));
    }
    if (!method.equals(HttpMethod.POST)) {
      return done(OpsAnswer.only("POST"));
    }
    Permission.Outcome outcome = permission.of(request);
    OpsAnswer refusal = outcome.refusal();
    Room room = reach.room(parts.group(1));
    if (refusal == null && room == null) {
      refusal = OpsAnswer.noRoom(parts.group(1), reach.names());
    }
    if (refusal != null || room == null) {
      return done(refusal);
    }
    String from = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    Deed deed = new Deed(parts.group(1), parts.group(2), outcome.who(), String.valueOf(from));
    return PostedBody.read(request, body -> carryOut(room, deed, request, body));
  }

  private static boolean isVerb(String word) {
    return word.equals(END) || Wish.VERBS.containsKey(word);
  }

  private static CompletionStage<OpsAnswer> done(@Nullable OpsAnswer answer) {
    return CompletableFuture.completedStage(answer);
  }

  private CompletionStage<OpsAnswer> carryOut(
      Room room, Deed deed, HttpServerRequest request, PostedBody body) {
    if (deed.action().equals(END)) {
      return sessions.end(room, deed, request, body);
    }
    try {
      WishBody said = WishBody.of(body, request.getHeader("Content-Type"));
      return control.carryOut(Wish.of(deed.action(), deed.room(), said), room, deed);
    } catch (UnclearWishException e) {
      return done(e.answer());
    }
  }

  /** What was changed lately, the newest first. */
  private CompletionStage<OpsAnswer> audit(HttpServerRequest request) {
    OpsAnswer refusal = permission.of(request).refusal();
    if (refusal != null) {
      return done(refusal);
    }
    Map<String, Room> oneOfEach = new LinkedHashMap<>();
    reach.rooms().get().forEach(each -> oneOfEach.put(each.policy().queue().upstream(), each));
    List<JsonObject> all = new ArrayList<>();
    CompletionStage<Void> read = CompletableFuture.completedStage(null);
    for (Room room : oneOfEach.values()) {
      for (Annals annals : Annals.values()) {
        read =
            read.thenCompose(v -> room.controls().recorded(annals))
                .thenAccept(lines -> lines.forEach(line -> all.add(new JsonObject(line))));
      }
    }
    return read.handle(
        (v, failure) -> {
          if (failure != null) {
            return RoomControl.refusal(failure);
          }
          all.sort(Comparator.comparing((JsonObject each) -> each.getString("at", "")).reversed());
          return OpsAnswer.json(200, new JsonObject().put("changes", new JsonArray(all)));
        });
  }
}
