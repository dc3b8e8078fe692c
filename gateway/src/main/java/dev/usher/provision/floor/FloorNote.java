package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was done to an object, as its annotation says: enough for any replica to go on after any
 * crash.
 *
 * @param by who did it
 * @param state how far it is
 * @param was what the object said before
 * @param set what was written last; its {@code max} is null if that was left alone
 * @param times when
 * @param putBack when somebody put the old value back, as far as it counts
 * @param rival who did so last, "" for nobody
 * @param owners by field, who owned it before
 */
record FloorNote(
    By by,
    State state,
    Size was,
    Size set,
    Times times,
    List<Long> putBack,
    String rival,
    JsonObject owners) {

  /** How far it is. */
  enum State {
    /** The floor is higher than it was. */
    RAISED,
    /** The values are as they were, and the ownership of the fields is to follow. */
    RETURNING,
    /** Somebody wrote another value meanwhile, which stands. */
    STANDS,
    /** Somebody put the old value back again and again. */
    FOUGHT
  }

  /** The two fields; null where they were left out. */
  record Size(@Nullable Integer min, @Nullable Integer max) {
    private JsonObject json() {
      return new JsonObject().put("min", min).put("max", max);
    }

    private static Size of(JsonObject json) {
      return new Size(json.getInteger("min"), json.getInteger("max"));
    }
  }

  /**
   * Who did it.
   *
   * @param usher which Usher
   * @param upstream for which of its upstreams
   * @param fence the term of the leader that did
   */
  record By(String usher, String upstream, long fence) {}

  /**
   * When, in milliseconds since 1970.
   *
   * @param wrote the last change of the floor
   * @param raised the last change upwards
   * @param until when another floor will be wanted, as far as that is planned; 0 for unknown
   * @param why for whose sake
   */
  record Times(long wrote, long raised, long until, String why) {}

  FloorNote {
    putBack = List.copyOf(putBack);
  }

  String text() {
    JsonObject text =
        new JsonObject()
            .put("by", by.usher())
            .put("upstream", by.upstream())
            .put("term", by.fence())
            .put("state", state.name().toLowerCase(Locale.ROOT))
            .put("was", was.json())
            .put("set", set.json())
            .put("wrote", told(times.wrote()))
            .put("raised", told(times.raised()))
            .put("until", times.until() == 0 ? null : told(times.until()))
            .put("why", times.why())
            .put("owners", owners);
    if (!putBack.isEmpty()) {
      JsonArray moments = new JsonArray();
      putBack.forEach(at -> moments.add(told(at)));
      text.put("putBack", moments).put("rival", rival);
    }
    return text.encode();
  }

  private static String told(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** Reads what {@link #text} wrote; null if it is something else. */
  static @Nullable FloorNote parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      JsonObject json = new JsonObject(text);
      return new FloorNote(
          new By(word(json, "by"), word(json, "upstream"), json.getLong("term")),
          State.valueOf(word(json, "state").toUpperCase(Locale.ROOT)),
          Size.of(json.getJsonObject("was")),
          Size.of(json.getJsonObject("set")),
          new Times(
              millis(word(json, "wrote")),
              millis(word(json, "raised")),
              json.getString("until") == null ? 0 : millis(word(json, "until")),
              Fields.text(json, "why")),
          json.getJsonArray("putBack", new JsonArray()).stream()
              .map(at -> millis(at.toString()))
              .toList(),
          Fields.text(json, "rival"),
          Fields.in(json, "owners"));
    } catch (DecodeException
        | DateTimeException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException e) {
      return null;
    }
  }

  private static String word(JsonObject json, String name) {
    String word = json.getString(name);
    if (word == null) {
      throw new IllegalArgumentException(name + " must be there but is not");
    }
    return word;
  }

  private static long millis(String text) {
    return Instant.parse(text).toEpochMilli();
  }

  /** The same in another state. */
  FloorNote as(State changed) {
    return new FloorNote(by, changed, was, set, times, putBack, rival, owners);
  }

  /** The same after somebody put the old value back. */
  FloorNote putBackBy(String manager, List<Long> moments) {
    return new FloorNote(by, state, was, set, times, moments, manager, owners);
  }
}
