package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the floor of one upstream stands, for people.
 *
 * @param standing in lower case, as it is shown
 * @param object which object's floor it is, "" for none
 * @param floor the least pods by it
 * @param raised whether that is Usher's doing
 * @param trouble what a person should know; null for nothing
 */
public record FloorNews(
    String standing, String object, int floor, boolean raised, @Nullable Trouble trouble) {

  /**
   * What a person should know.
   *
   * @param problem what is wrong
   * @param fix what to do
   */
  public record Trouble(String problem, String fix) {}

  static FloorNews of(FloorStanding standing, @Nullable Live live, @Nullable Trouble trouble) {
    FloorNote note = live == null ? null : live.note();
    return new FloorNews(
        standing.name().toLowerCase(Locale.ROOT),
        live == null ? "" : live.named(),
        live == null ? 0 : live.floor(),
        note != null && note.state() == FloorNote.State.RAISED,
        trouble);
  }

  /** All of it as JSON, for people. */
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("standing", standing)
            .put("object", object)
            .put("floor", floor)
            .put("raised", raised);
    return trouble == null ? json : json.put("problem", trouble.problem).put("fix", trouble.fix);
  }

  /** All of it as one line of text. */
  String text() {
    return json().encode();
  }

  /** Reads what {@link #text} wrote; null if it was written by a version that does otherwise. */
  static @Nullable FloorNews parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      String problem = json.getString("problem");
      return new FloorNews(
          Fields.text(json, "standing"),
          Fields.text(json, "object"),
          json.getInteger("floor", 0),
          json.getBoolean("raised", false),
          problem == null ? null : new Trouble(problem, Fields.text(json, "fix")));
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
