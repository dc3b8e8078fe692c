package dev.usher.cli.wait;

import io.vertx.core.json.JsonObject;

/** A visitor's standing in words. */
final class StandingWords {
  private StandingWords() {}

  /** What an answer says; nothing of who is let in, which is said at the end. */
  static String of(ToldPlace told) {
    JsonObject place = told.json();
    return switch (told.state()) {
      case "waiting" -> waiting(place) + why(place) + message(place);
      case "called" -> "It is your turn." + message(place);
      case "sold_out" -> "It is sold out." + message(place);
      case "none" -> "You hold no place, so you take one.";
      case "admitted" -> "";
      default -> told.mayChange() ? "Asking again: " + told.words() : "";
    };
  }

  private static String waiting(JsonObject place) {
    Long ahead = place.getLong("ahead");
    return ahead == null
        ? "You are in line."
        : ahead == 0 ? "You are next." : ahead + (ahead == 1 ? " is" : " are") + " ahead of you.";
  }

  private static String why(JsonObject place) {
    if (place.containsKey("opensAt")) {
      return " It opens at " + place.getString("opensAt") + ".";
    }
    if (place.getBoolean("paused", false)) {
      return " Nobody is let in at the moment.";
    }
    return place.getBoolean("closed", false) ? " Nothing is behind the room at the moment." : "";
  }

  private static String message(JsonObject place) {
    String message = place.getString("message", "");
    return message.isEmpty() ? "" : " The organiser says: " + message;
  }

  /** A time as people say it: 50 s, 12 min, 2 h 5 min. */
  static String time(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
