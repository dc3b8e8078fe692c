package dev.usher.provision.floor;

import dev.usher.provision.floor.FloorStep.Rest;
import dev.usher.provision.floor.Wanted.Plan;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/** A play about one object: what is wanted changes, time passes, and somebody looks. */
final class Floors {
  static final String USHER = "gate/usher";

  final Scaled object;
  private final String upstream;
  private Wanted wanted = Wanted.NOTHING;
  private long fence = 7;
  private long now = 1_000_000_000_000L;

  Floors(Scaled object) {
    this(object, "shop");
  }

  private Floors(Scaled object, String upstream) {
    this.object = object;
    this.upstream = upstream;
  }

  /** What somebody writes who sets the floor of an HPA. */
  static JsonObject min(int pods) {
    return new JsonObject().put("minReplicas", pods);
  }

  /** What somebody writes who sets the limit of an HPA. */
  static JsonObject max(int pods) {
    return new JsonObject().put("maxReplicas", pods);
  }

  /** What Usher has noted at the object. */
  FloorNote noted() {
    return Objects.requireNonNull(object.live().note());
  }

  /** Another upstream of the same Usher, whose pods the same object scales. */
  Floors beside(String another) {
    Floors beside = new Floors(object, another);
    beside.fence = fence + 2;
    return beside;
  }

  /** This many pods are wanted; the object's own limit is to be left alone. */
  Floors wants(int pods) {
    wanted = new Wanted(pods, 0, true, new Plan(0, "queue"));
    return this;
  }

  /** This many pods are wanted, and allowed. */
  Floors wantsAndMay(int pods, int most) {
    wanted = new Wanted(pods, most, true, new Plan(0, "schedule"));
    return this;
  }

  Floors waitsFor(int pods) {
    wanted = new Wanted(pods, 0, false, new Plan(0, "queue"));
    return this;
  }

  Floors wantsNothing() {
    wanted = Wanted.NOTHING;
    return this;
  }

  Floors after(Duration time) {
    now += time.toMillis();
    return this;
  }

  /** Another replica leads from now on. */
  Floors ledByAnother() {
    fence++;
    return this;
  }

  /** The last leader comes to once more. */
  Floors ledByTheLastOne() {
    fence--;
    return this;
  }

  FloorTurn turn() {
    return new FloorTurn(USHER, upstream, fence, now);
  }

  String minField() {
    return object.live().fields().min();
  }

  String maxField() {
    return String.valueOf(object.live().fields().max());
  }

  long now() {
    return now;
  }

  FloorStep decides() {
    return FloorDecision.of(wanted, object.live(), turn());
  }

  /** One look of a keeper, which does whatever is to be done until nothing is. */
  FloorStanding looks() {
    FloorStep step = decides();
    for (int i = 0; i < 4 && !(step instanceof Rest); i++) {
      object.make(step);
      step = decides();
    }
    return step.standing();
  }

  /** One step, after which its replica dies. */
  FloorStanding looksAndDies() {
    FloorStep step = decides();
    object.make(step);
    fence++;
    return step.standing();
  }

  /** Looks every five seconds for so long. */
  FloorStanding looksFor(Duration time) {
    FloorStanding last = looks();
    for (long i = 0; i < time.toSeconds(); i += 5) {
      after(Duration.ofSeconds(5));
      last = looks();
    }
    return last;
  }
}
