package dev.usher.ops.control;

import dev.usher.http.Problem;
import dev.usher.store.upstream.LiveState;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON object in which an operator says what is wanted. */
final class WishBody {
  private final JsonObject body;

  private WishBody(JsonObject body) {
    this.body = body;
  }

  /**
   * Reads it; no body says the same as an empty object.
   *
   * @param type the request's Content-Type
   */
  static WishBody of(PostedBody posted, @Nullable String type) throws UnclearWishException {
    if (posted.isTooLong()) {
      throw new UnclearWishException(
          Problem.BODY_TOO_LONG,
          "The body must be at most " + PostedBody.BODY_MAX + " bytes long but is longer");
    }
    if (posted.length() == 0) {
      return new WishBody(new JsonObject());
    }
    // A page of another site can send anything else without asking the browser first.
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw unclearAs("The body must be sent as application/json but came as " + type);
    }
    try {
      return new WishBody(posted.content().toJsonObject());
    } catch (DecodeException | ClassCastException e) {
      throw unclearAs("The body must be a JSON object but is not");
    }
  }

  private static UnclearWishException unclearAs(String detail) {
    return new UnclearWishException(Problem.UNCLEAR_WISH, detail);
  }

  UnclearWishException unclear(String detail) {
    return unclearAs(detail);
  }

  /** Refuses every other field: one that is misspelt would change what was meant. */
  void allows(String names) throws UnclearWishException {
    List<String> known = new ArrayList<>(List.of(names.split(" ")));
    known.add("dryRun");
    for (String name : body.fieldNames()) {
      if (!known.contains(name)) {
        throw unclear("A field must be one of " + known + " but was \"" + clip(name) + "\"");
      }
    }
  }

  boolean has(String name) {
    return body.containsKey(name);
  }

  WishBody needs(String name) throws UnclearWishException {
    if (!has(name)) {
      throw unclear(name + " must be given in a JSON object but was not");
    }
    return this;
  }

  boolean flag(String name, boolean otherwise) throws UnclearWishException {
    if (!has(name)) {
      return otherwise;
    }
    if (body.getValue(name) instanceof Boolean flag) {
      return flag;
    }
    throw unclear(name + " must be true or false but was " + clip(body.getValue(name)));
  }

  /** A message for visitors. */
  @Nullable String text(String name, @Nullable String otherwise) throws UnclearWishException {
    if (!has(name)) {
      return otherwise;
    }
    if (!(body.getValue(name) instanceof String text)) {
      throw unclear(name + " must be a text but was " + clip(body.getValue(name)));
    }
    String said = text.strip();
    if (said.length() > LiveState.MESSAGE_MAX || said.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw unclear(
          name
              + " must be one line of at most "
              + LiveState.MESSAGE_MAX
              + " characters but was of "
              + said.length());
    }
    return said;
  }

  long whole(String name, long least, long most) throws UnclearWishException {
    Object value = body.getValue(name);
    boolean whole = value instanceof Integer || value instanceof Long;
    long number = whole ? ((Number) value).longValue() : least - 1;
    if (number < least || number > most) {
      throw unclear(
          name
              + " must be a whole number from "
              + least
              + " to "
              + most
              + " but was "
              + clip(value));
    }
    return number;
  }

  /** A limit; null takes it back. */
  Long limit(String name, long most) throws UnclearWishException {
    return body.getValue(name) == null ? LiveState.UNLIMITED : whole(name, 0, most);
  }

  void confirms(String name, String room) throws UnclearWishException {
    if (!room.equals(body.getValue(name))) {
      throw new UnclearWishException(
          Problem.NOT_CONFIRMED,
          "Everyone who waits would lose their place. To confirm it, "
              + name
              + " must be the room's name, "
              + room
              + ", but was "
              + clip(body.getValue(name)));
    }
  }

  private static String clip(@Nullable Object value) {
    String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
