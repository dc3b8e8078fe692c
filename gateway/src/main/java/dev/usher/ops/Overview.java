package dev.usher.ops;

import dev.usher.admission.PodsSeen;
import dev.usher.control.LiveJson;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.PodView;
import dev.usher.pods.StickyView;
import dev.usher.pods.roster.Roster;
import dev.usher.provision.floor.FloorNews;
import dev.usher.room.Decision;
import dev.usher.room.Room;
import dev.usher.room.RoomCounters;
import dev.usher.room.RoomPolicy;
import dev.usher.room.Sightings;
import dev.usher.store.Claim;
import dev.usher.store.Line;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms and upstreams as JSON for the operators' interface; each field is described in
 * docs/operations.
 */
final class Overview {
  private final Running running;

  Overview(Running running) {
    this.running = running;
  }

  /** How the configuration in force compares with its file. */
  JsonObject config() {
    ConfigStatus told = running.config().get();
    JsonArray refused = new JsonArray();
    told.refused().forEach(problem -> refused.add(new JsonObject().put("problem", problem)));
    JsonArray waits = new JsonArray();
    told.needsRestart().forEach(setting -> waits.add(new JsonObject().put("setting", setting)));
    return new JsonObject()
        .put("file", told.file())
        .put("fingerprint", told.fingerprint())
        .put("refused", refused)
        .put("needsRestart", waits);
  }

  /** Every room in brief. */
  JsonObject rooms() {
    JsonArray rooms = new JsonArray();
    for (Doorkeeper doorkeeper : running.doorkeepers()) {
      doorkeeper.rooms().forEach(room -> rooms.add(brief(room)));
    }
    return new JsonObject().put("rooms", rooms);
  }

  /** The names of the rooms. */
  List<String> roomNames() {
    return running.rooms().stream().map(Running::name).toList();
  }

  /** One room in full; null if there is none of this name. */
  @Nullable JsonObject room(String name) {
    for (Doorkeeper doorkeeper : running.doorkeepers()) {
      for (Room room : doorkeeper.rooms()) {
        if (Running.name(room).equals(name)) {
          return full(room, doorkeeper);
        }
      }
    }
    return null;
  }

  private static JsonObject brief(Room room) {
    Line line = room.line();
    return new JsonObject()
        .put("room", Running.name(room))
        .put("title", room.policy().title())
        .put("upstream", room.policy().queue().upstream())
        .put("mode", ObservedJson.mode(room))
        .put("waiting", line.counts().waiting())
        .put("asking", line.counts().asking())
        .put("inside", line.counts().inside())
        .put("issued", line.issued())
        .put("called", line.called())
        .put("paused", line.paused())
        .put("live", LiveJson.of(room.controls().now()));
  }

  private JsonObject full(Room room, Doorkeeper doorkeeper) {
    Line line = room.line();
    boolean leads = doorkeeper.leads();
    long read = doorkeeper.refreshedAt();
    return brief(room)
        .put("epoch", line.epoch())
        .put("pacePerSecond", room.waitAnswers().pace())
        .put("sessions", line.counts().sessions())
        .put("capacity", line.counts().capacity())
        .put("leader", leads)
        .put("admissionReason", leads ? EnumWords.lower(doorkeeper.admission().reason()) : null)
        .put("store", EnumWords.lower(room.storeState()))
        .put("standingBy", room.standingBy())
        .put("cutOffForSeconds", cutOff(line))
        .put("lineAgeSeconds", read == 0 ? null : age(read))
        .put("observed", ObservedJson.of(room, doorkeeper))
        .put("admission", admission(doorkeeper))
        .put("scaling", scaling(doorkeeper.upstream()))
        .put("policy", policy(room.policy()))
        .put("shared", shared(room.counters().sightings()))
        .put("tally", counters(room.counters()));
  }

  private static @Nullable Double cutOff(Line line) {
    Line.CutOff cut = line.recovery().cutOff();
    return cut.lasts() ? (line.time() - cut.since()) / 1000.0 : null;
  }

  private @Nullable JsonObject admission(Doorkeeper doorkeeper) {
    for (Running.Upstream each : running.upstreams().get()) {
      if (each.doorkeeper() == doorkeeper) {
        return AdmissionJson.of(doorkeeper.admission(), each);
      }
    }
    return null;
  }

  private @Nullable JsonObject scaling(String upstream) {
    long now = running.clock().getAsLong();
    for (Running.Upstream each : running.upstreams().get()) {
      if (each.signal().upstream().equals(upstream)) {
        FloorNews floor = each.floor().told(now);
        JsonObject scaling = DesiredPods.explained(each.signal(), now);
        return scaling == null
            ? null
            : scaling
                .put("grows", each.grows().getAsBoolean())
                .put("raise", floor == null ? null : floor.json());
      }
    }
    return null;
  }

  private double age(long read) {
    return Math.max(0, running.clock().getAsLong() - read) / 1000.0;
  }

  private JsonObject shared(Sightings seen) {
    return new JsonObject()
        .put("sessions", seen.sessions())
        .put("requests", seen.requests())
        .put("claims", seen.claims())
        .put("lastSecondsAgo", seen.lastAt() == 0 ? null : age(seen.lastAt()));
  }

  private static JsonObject policy(RoomPolicy policy) {
    return new JsonObject()
        .put("weight", policy.weight())
        .put("waitingMax", policy.waitingMax())
        .put("sessionTimeoutSeconds", seconds(policy.sessionTimeout()))
        .put("sessionMaxSeconds", seconds(policy.sessionMax()))
        .put("offerSeconds", seconds(policy.queue().offer()))
        .put("presenceWindowSeconds", seconds(policy.queue().presenceWindow()))
        .put("pollMinSeconds", seconds(policy.pollMin()))
        .put("pollMaxSeconds", seconds(policy.pollMax()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static JsonObject counters(RoomCounters counters) {
    JsonObject claims = new JsonObject();
    for (Claim claim : Claim.values()) {
      claims.put(EnumWords.lower(claim), counters.claims(claim));
    }
    JsonObject turnedAway = new JsonObject();
    for (Decision.Why why : Decision.Why.values()) {
      turnedAway.put(EnumWords.lower(why), counters.turnedAway(why));
    }
    return new JsonObject()
        .put("arrivals", counters.arrivals())
        .put("admittedAtOnce", counters.admittedAtOnce())
        .put("admittedAlone", counters.admittedAlone())
        .put("standbys", counters.standbys())
        .put("leaves", counters.leaves())
        .put("claims", claims)
        .put("turnedAway", turnedAway);
  }

  /** Every upstream with its pods. */
  JsonObject upstreams() {
    JsonArray upstreams = new JsonArray();
    running.pods().forEach(pods -> upstreams.add(upstream(pods)));
    return new JsonObject().put("upstreams", upstreams);
  }

  static JsonObject sticky(StickyView sticky) {
    return new JsonObject()
        .put("mode", EnumWords.lower(sticky.sticky()))
        .put("holding", sticky.holding())
        .put("moved", sticky.moved())
        .put("refused", sticky.refused());
  }

  private JsonObject upstream(Roster set) {
    JsonArray pods = new JsonArray();
    for (PodView pod : set.view()) {
      pods.add(
          new JsonObject()
              .put("pod", pod.pod().toString())
              .put("ready", pod.ready())
              .put("ejected", pod.ejected())
              .put("ejectedWhy", pod.outWhy())
              .put("inFlight", pod.inFlight())
              .put("cap", pod.cap())
              .put("inFlightMax", pod.inFlightMax())
              .put("responseSeconds", AdmissionJson.number(pod.lately().seconds()))
              .put("errorShare", AdmissionJson.number(pod.lately().failedShare()))
              .put("trust", pod.trust())
              .put("probe", pod.said())
              .put("node", pod.traits().node())
              .put("zone", pod.traits().zone()));
    }
    return new JsonObject()
        .put("upstream", set.name())
        .put("podsReady", set.ready())
        .put("podsAgeSeconds", set.age() == PodsSeen.NEVER_HEARD ? null : set.age() / 1000.0)
        .put("capacity", running.capacity(set.name()))
        .put("sessions", running.sessions(set.name()))
        .put("inFlight", set.inFlight())
        .put("holding", set.waiting().holding())
        .put("sticky", sticky(set.waiting().sticky()))
        .put("pods", pods);
  }
}
