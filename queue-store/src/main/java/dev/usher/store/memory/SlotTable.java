package dev.usher.store.memory;

import dev.usher.store.upstream.Grants;
import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.SlotDecay;
import dev.usher.store.upstream.SlotReport;
import dev.usher.store.upstream.SlotStore;
import dev.usher.store.upstream.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the slots of one upstream's pods are shared, inside the process. */
final class SlotTable {
  private long life;
  private long version;
  private boolean lost;
  private long learningUntil;
  private long touchedAt;
  private int replicas;
  private final Map<String, Told> reports = new HashMap<>();
  private final Map<String, Slots> grants = new HashMap<>();

  /** A report, when it was made, and the grant that was told in answer to it. */
  private record Told(SlotReport report, long at, Slots read, boolean left) {}

  SlotTable() {}

  SlotTable(SlotTable other) {
    life = other.life;
    version = other.version;
    lost = other.lost;
    learningUntil = other.learningUntil;
    touchedAt = other.touchedAt;
    replicas = other.replicas;
    reports.putAll(other.reports);
    grants.putAll(other.grants);
  }

  Sharing share(String replica, boolean leads, SlotReport report, long now) {
    if (report.life() > life || (report.life() == life && report.version() > version)) {
      lose(Math.max(report.life(), life), now);
    } else if (report.life() > 0 && report.life() < life && !lost) {
      lost = true;
      learn(now, SlotStore.LEARNING);
    } else if (life == 0) {
      life = Math.max(1, now);
    }
    boolean othersKnown = reports.keySet().stream().anyMatch(name -> !name.equals(replica));
    if (touchedAt > 0 && now - touchedAt > SlotStore.LEASE.toMillis() && othersKnown) {
      learn(now, SlotStore.BACK);
    }
    touchedAt = now;
    Slots granted = grants.get(replica);
    reports.put(replica, new Told(report, now, granted == null ? Slots.NONE : granted, false));
    return new Sharing(
        life, version, learningUntil, leads, replicas, granted, leads ? holders() : List.of(), now);
  }

  private void lose(long lastLife, long now) {
    reports.clear();
    grants.clear();
    life = Math.max(lastLife + 1, now);
    version = 0;
    replicas = 0;
    lost = true;
    learn(now, SlotStore.LEARNING);
  }

  private void learn(long now, Duration time) {
    learningUntil = Math.max(learningUntil, now + time.toMillis());
  }

  private List<Sharing.Holder> holders() {
    List<Sharing.Holder> holders = new ArrayList<>();
    reports.forEach(
        (name, told) ->
            holders.add(
                new Sharing.Holder(
                    name,
                    told.at(),
                    told.report().quarantine().toMillis(),
                    told.left() ? -1 : told.report().demand(),
                    told.report().held().max(told.read()),
                    grants.getOrDefault(name, Slots.NONE),
                    told.left() ? SlotDecay.UNKNOWN : told.report().stays())));
    return holders;
  }

  /** Returns the new version, 0 when the grants were refused. */
  long grant(boolean leads, Grants change, long now) {
    boolean heardAgain =
        change.forgotten().entrySet().stream()
            .anyMatch(
                gone -> {
                  Told told = reports.get(gone.getKey());
                  return told != null && told.at() != gone.getValue();
                });
    if (!leads
        || heardAgain
        || change.basis().life() != life
        || change.basis().version() != version) {
      return 0;
    }
    change.forgotten().keySet().forEach(this::forget);
    change
        .slots()
        .forEach(
            (name, slots) -> {
              if (reports.containsKey(name)) {
                grants.put(name, slots);
              }
            });
    replicas = change.replicas();
    version = Math.max(version + 1, now);
    return version;
  }

  /** A replica that has left keeps, until its quarantine is over, what is returned. */
  Slots leave(String replica, SlotReport last, long now) {
    forget(replica);
    if (!last.held().byPod().isEmpty()) {
      reports.put(replica, new Told(last, now, Slots.NONE, true));
    }
    return last.held();
  }

  private void forget(String replica) {
    reports.remove(replica);
    grants.remove(replica);
  }
}
