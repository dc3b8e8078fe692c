package dev.usher.cli.wait;

import io.vertx.core.json.JsonObject;

/** A visitor's standing in words. */
final class StandingWords {
  private static final long FIVES_FROM_SECONDS = 1200;

  private StandingWords() {}

  /** What an answer says; nothing of who is let in, which is said at the end. */
  static String of(ToldPlace told) {
    JsonObject place = told.json();
    return switch (told.state()) {
      case "waiting" -> waiting(place) + why(place) + howLong(place) + message(place);
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
    if (place.getBoolean("fault", false)) {
      return " Nobody is let in at the moment, because of a fault of the waiting room.";
    }
    if (place.getBoolean("paused", false)) {
      return " Nobody is let in at the moment.";
    }
    return place.getBoolean("closed", false) ? " Nothing is behind the room at the moment." : "";
  }

  private static String howLong(JsonObject place) {
    Long from = place.getLong("waitFromSeconds");
    Long to = place.getLong("waitToSeconds");
    if (from == null || to == null) {
      return "";
    }
    String begins = place.containsKey("opensAt") ? " After that it takes " : " It takes ";
    return begins + range(from, to) + ".";
  }

  /** In whole minutes, and fives of many, that contain it: as the page says it, and as seldom. */
  private static String range(long from, long to) {
    long most = -rounded(-to);
    if (most <= 1) {
      return "less than a minute";
    }
    long least = Math.max(1, Math.min(most - 1, rounded(from)));
    return "about " + least + " to " + most + " min";
  }

  private static long rounded(long seconds) {
    long step = Math.abs(seconds) > FIVES_FROM_SECONDS ? 5 : 1;
    return step * Math.floorDiv(seconds, 60 * step);
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
