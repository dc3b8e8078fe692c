package dev.usher.config;

import dev.usher.config.schema.NearestKey;
import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleEvent.Size;
import dev.usher.sale.SaleEvent.Times;
import dev.usher.sale.SaleTime;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of one room, and checks what holds within each and between them. */
final class EventReader {
  private EventReader() {}

  static List<SaleEvent> read(String room, Settings settings) {
    List<SaleEvent> events = new ArrayList<>();
    for (Settings each : settings.groups("events")) {
      SaleEvent event = event(room, each);
      if (event != null) {
        events.forEach(other -> compare(each, event, other));
        events.add(event);
        observed(settings, each);
      }
    }
    return List.copyOf(events);
  }

  /** Null if a time is missing or wrong, which has been noted then. */
  private static @Nullable SaleEvent event(String room, Settings event) {
    Size size = size(event);
    ZoneId zone = zone(event);
    SaleTime opensAt = zone == null ? null : time(event, "opensAt", zone);
    if (zone == null || opensAt == null || size == null) {
      return null;
    }
    SaleTime preQueueAt = time(event, "preQueueAt", zone);
    SaleTime closesAt = time(event, "closesAt", zone);
    if (preQueueAt != null && preQueueAt.millis() >= opensAt.millis()) {
      event.refuse(
          "preQueueAt",
          "must be before opensAt, " + opensAt.local() + ", but was " + preQueueAt.local());
      preQueueAt = null;
    }
    if (closesAt != null && closesAt.millis() <= opensAt.millis()) {
      event.refuse(
          "closesAt",
          "must be after opensAt, " + opensAt.local() + ", but was " + closesAt.local());
      closesAt = null;
    }
    return new SaleEvent(
        room,
        event.text("name"),
        new Times(preQueueAt, opensAt, closesAt),
        size,
        event.duration("readyBefore"),
        event.duration("holdAfterEmpty"),
        event.count("scaleIn"));
  }

  private static @Nullable Size size(Settings event) {
    boolean pods = event.isSet("replicas");
    if (pods && event.isSet("visitors")) {
      event.refuse(
          "visitors", "must be the only one of replicas and visitors but both are set: leave one");
      return null;
    }
    if (pods && event.isSet("within")) {
      event.refuse(
          "within",
          "must be left out where replicas says how many pods there are, but was "
              + event.text("within")
              + ": it turns visitors into pods");
    }
    int replicas = pods ? event.count("replicas") : 0;
    long visitors = event.isSet("visitors") ? event.number("visitors") : 0;
    if (replicas == 0 && visitors == 0) {
      return null; // Neither was written, or it was wrong: both have been noted.
    }
    return new Size(
        replicas, visitors, event.textOrNull("within") == null ? null : event.duration("within"));
  }

  private static @Nullable ZoneId zone(Settings event) {
    String written = event.textOrNull("zone");
    if (written == null) {
      return null;
    }
    try {
      // An offset such as +02:00 is a zone to Java, but is wrong for half of the year.
      if (ZoneId.getAvailableZoneIds().contains(written)) {
        return ZoneId.of(written);
      }
    } catch (DateTimeException e) {
      // said below
    }
    event.refuse(
        "zone",
        "must be a zone of the IANA database such as Europe/Berlin but was \""
            + ScalarCheck.clip(written)
            + "\""
            + nearest(written));
    return null;
  }

  /** The zone that was probably meant, by its name or by its city alone. */
  private static String nearest(String written) {
    Map<String, String> zones = new TreeMap<>();
    ZoneId.getAvailableZoneIds().stream()
        .filter(id -> id.indexOf('/') > 0)
        .sorted()
        .forEach(
            id -> {
              zones.put(id, id);
              zones.putIfAbsent(id.substring(id.lastIndexOf('/') + 1), id);
            });
    String meant = NearestKey.to(written.replace(' ', '_'), zones.keySet());
    return meant == null ? "" : ": did you mean " + zones.get(meant) + "?";
  }

  /** Null if it is missing or wrong. */
  private static @Nullable SaleTime time(Settings event, String key, ZoneId zone) {
    String written = event.textOrNull(key);
    if (written == null) {
      return null;
    }
    SaleTime time;
    try {
      time = new SaleTime(LocalDateTime.parse(written.replace(' ', 'T')), zone);
    } catch (DateTimeException e) {
      event.refuse(key, "must be a day and a time that there are but was \"" + written + "\"");
      return null;
    }
    String skipped = time.skipped();
    if (skipped != null) {
      event.refuse(
          key, "must be a time that clocks there show but was " + written + ": " + skipped);
      return null;
    }
    return time;
  }

  private static void compare(Settings settings, SaleEvent event, SaleEvent other) {
    if (event.key().equals(other.key())) {
      settings.refuse(
          "name",
          "must differ from that of the room's other events of the same day but was "
              + event.name()
              + " twice: name one of them differently");
      return;
    }
    shuts(settings, event, other);
    shuts(settings, other, event);
  }

  /** Refuses an event that would shut the door on those who come for another one. */
  private static void shuts(Settings settings, SaleEvent event, SaleEvent other) {
    SaleTime from = event.times().preQueueAt();
    if (from == null) {
      return;
    }
    SaleTime gathers = other.times().preQueueAt();
    long begins = gathers == null ? other.opensAtMillis() : gathers.millis();
    SaleTime closes = other.times().closesAt();
    // One that has no end is over when nobody comes for it any more.
    long ends = closes == null ? other.opensAtMillis() : closes.millis();
    if (from.millis() < ends && begins < event.opensAtMillis()) {
      settings.refuse(
          "preQueueAt",
          "must not overlap with another event of the room, for nobody is let in meanwhile: "
              + event.name()
              + " gathers people from "
              + from.local()
              + " on, and "
              + other.name()
              + " is on until "
              + (closes == null ? other.times().opensAt().local() : closes.local()));
    }
  }

  private static void observed(Settings room, Settings event) {
    if (room.text("mode").equals("observe") && event.isSet("preQueueAt")) {
      event.warn(
          "preQueueAt",
          "holds nobody back while mode is observe: set mode to guard before that time");
    }
  }
}
