package dev.usher.helm.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Desired;
import dev.usher.provision.Scaling;
import dev.usher.provision.floor.FloorKeeper;
import dev.usher.provision.floor.FloorNews;
import dev.usher.provision.floor.FloorSweep;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A shop of pretended pods, the object that says how many there are, and a keeper of its floor that
 * lives by a clock of its own: a floor goes down for twenty minutes, and a test has no such time.
 */
final class Floored {
  private static final Scaling FOLLOWS =
      new Scaling(1, 0, Duration.ofMinutes(5), Duration.ofMinutes(1), Scaling.Floor.DESIRED);

  private static final int LOOKS_MOST = 10;

  private final Raised place;
  private final OwnerKind kind;
  private final String name;
  private final Shop shop;
  private FloorKeeper keeper;
  private @Nullable FloorNews news;
  private long fence = 1;
  private long now = System.currentTimeMillis();

  /** Opens the shop; nothing yet says how many pods it has but the Deployment itself. */
  Floored(Raised place, OwnerKind kind, String name) {
    this.place = place;
    this.kind = kind;
    this.name = name;
    this.shop = new Shop(place.client(), place.namespace(), name);
    this.keeper = new FloorKeeper(place.cluster(), name);
    shop.pretend(0, "2s");
    if (kind == OwnerKind.DEPLOYMENT) {
      // By the one who says how many pods there are, or the field would be its opener's as well.
      place.by(Applier.HELM).force(manifest(2));
    } else {
      shop.scale(2);
    }
  }

  String name() {
    return name;
  }

  OwnerKind kind() {
    return kind;
  }

  Shop shop() {
    return shop;
  }

  Owner owner() {
    return kind.in(place.client(), place.namespace(), name);
  }

  /** Applies the owner's manifest as Helm 4 does; waits until its controller has taken it in. */
  Owner applied(int floor) {
    place.by(Applier.HELM).apply(manifest(floor));
    kind.awaitSettled(place.client(), place.namespace(), name);
    return owner();
  }

  String manifest(int floor) {
    return kind.manifest(name, floor);
  }

  /** Applies another floor as Helm 4 does, which is refused if somebody else owns the field. */
  void apply(int floor) {
    place.by(Applier.HELM).apply(manifest(floor));
  }

  void applyWithout() {
    place.by(Applier.HELM).apply(kind.manifestWithout(name));
  }

  /** One look of the leader, when so many pods are wanted. */
  @SuppressWarnings("ReferenceEquality") // A look in vain gives the very same news again.
  FloorNews look(int wanted) {
    Desired desired =
        new Desired(
            wanted,
            wanted,
            new Desired.Terms(wanted, 0, 0),
            Desired.Reason.QUEUE,
            0,
            new Desired.Pods(2, 2, 0),
            new Desired.Learnt(1, 300));
    KubernetesOptions service =
        new KubernetesOptions(place.namespace(), name, null, false, true, false);
    @Nullable FloorNews before;
    FloorNews told;
    int tries = 0;
    do {
      before = news;
      told = keeper.step(service, FOLLOWS, desired, new FloorKeeper.Term(fence, now));
      // Whoever changed the object meanwhile makes a look be in vain; the next is 5 s later.
      news = told;
    } while ((told == before || told.object().isEmpty()) && ++tries < LOOKS_MOST);
    return told;
  }

  /** Looks once a minute of its own clock until nothing is raised any more. */
  void lookUntilGivenBack() {
    for (int i = 0; i < 60 && owner().isNoted(); i++) {
      pass(Duration.ofMinutes(1));
      look(1);
    }
  }

  /** Lets time pass, by the keeper's clock; a negative time sets it back. */
  void pass(Duration time) {
    now += time.toMillis();
  }

  /** The leader is gone, and another replica goes on. */
  void anotherLeads() {
    leadsBy(place.cluster());
  }

  /** The same; it reaches the API by this way. */
  void leadsBy(Cluster cluster) {
    fence++;
    keeper = new FloorKeeper(cluster, name);
  }

  /** A replica looks once a minute whose file names no such upstream, until nothing is raised. */
  void sweepUntilGivenBack(Set<String> others) {
    FloorSweep sweep = new FloorSweep(place.cluster());
    Set<String> kept =
        others.stream()
            .filter(other -> !other.equals(name))
            .map(other -> FloorSweep.key(place.namespace(), other))
            .collect(Collectors.toSet());
    for (int i = 0; i < 60 && owner().isNoted(); i++) {
      sweep.look(Set.of(place.namespace()), Set.of(), kept, now);
      pass(Duration.ofMinutes(1));
    }
  }

  JsonNode everything() {
    return owner().everything();
  }
}
