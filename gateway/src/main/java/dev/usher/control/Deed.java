package dev.usher.control;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that somebody did with a room while it ran, for the record and the log.
 *
 * @param room the room's name
 * @param action what was done, as in the path of the operators' port
 * @param who the name of the token, or {@link #SHOP}
 * @param from the address that it came from
 */
public record Deed(String room, String action, String who, String from) {
  /** The shop itself, by the header of an answer. */
  public static final String SHOP = "shop";

  private static final Logger LOG = LoggerFactory.getLogger(Deed.class);

  /**
   * The line for the record.
   *
   * @param at milliseconds since 1970
   * @param before what was so before; null for nothing
   * @param after what is so now; null for nothing
   * @param touches how many people it touched
   */
  public String entry(
      long at, @Nullable JsonObject before, @Nullable JsonObject after, long touches) {
    return new JsonObject()
        .put("at", Instant.ofEpochMilli(at).toString())
        .put("room", room)
        .put("action", action)
        .put("who", who)
        .put("from", from)
        .put("old", before)
        .put("new", after)
        .put("touches", touches)
        .encode();
  }

  /** Says in the log that it was done. */
  public void log(@Nullable JsonObject before, @Nullable JsonObject after, long touches) {
    LOG.atInfo()
        .addKeyValue("room", room)
        .addKeyValue("action", action)
        .addKeyValue("who", who)
        .addKeyValue("from", from)
        .addKeyValue("old", before == null ? "" : before.encode())
        .addKeyValue("new", after == null ? "" : after.encode())
        .addKeyValue("touches", touches)
        .log("room_control");
  }
}
