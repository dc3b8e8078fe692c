package dev.usher.ops;

import dev.usher.admission.Declared;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.warm.WarmUp;
import dev.usher.provision.ScaleSignal;
import dev.usher.provision.floor.FloorBoard;
import dev.usher.room.Room;
import dev.usher.token.Passes;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running parts that operators look at.
 *
 * @param upstreams the current upstreams
 * @param config how the configuration in force compares with its file now
 * @param passes verifies passes
 * @param connections open connections of visitors
 * @param draining whether this replica is on its way out
 * @param clock milliseconds since 1970
 * @param storeClock milliseconds since 1970 by the store's clock, by which passes end
 */
public record Running(
    Supplier<List<Upstream>> upstreams,
    Supplier<ConfigStatus> config,
    Passes passes,
    IntSupplier connections,
    BooleanSupplier draining,
    LongSupplier clock,
    LongSupplier storeClock) {
  /**
   * One upstream.
   *
   * @param doorkeeper the doorkeeper of its rooms, of which it may have none
   * @param pods its pods
   * @param declared what one of them bears
   * @param signal how many pods it should have
   * @param floor what Usher itself does so that it has them
   * @param warmUp warms its pods
   * @param grows whether anything can add pods to it, which nothing can to a list in a file
   */
  public record Upstream(
      Doorkeeper doorkeeper,
      Roster pods,
      Declared declared,
      ScaleSignal signal,
      FloorBoard floor,
      WarmUp warmUp,
      BooleanSupplier grows) {}

  /** The doorkeepers, one for each upstream that has rooms. */
  List<Doorkeeper> doorkeepers() {
    return upstreams.get().stream()
        .map(Upstream::doorkeeper)
        .filter(doorkeeper -> !doorkeeper.rooms().isEmpty())
        .toList();
  }

  /** The pods of every upstream. */
  List<Roster> pods() {
    return upstreams.get().stream().map(Upstream::pods).toList();
  }

  List<ScaleSignal> signals() {
    return upstreams.get().stream().map(Upstream::signal).toList();
  }

  List<FloorBoard> floors() {
    return upstreams.get().stream().map(Upstream::floor).toList();
  }

  /** Sessions in all rooms of an upstream, as last heard from the store. */
  long sessions(String upstream) {
    Doorkeeper doorkeeper = doorkeeper(upstream);
    return doorkeeper == null ? 0 : sessions(doorkeeper);
  }

  /** Sessions that an upstream may carry now, as this replica works it out. */
  long capacity(String upstream) {
    Doorkeeper doorkeeper = doorkeeper(upstream);
    return doorkeeper == null ? 0 : doorkeeper.admission().capacity();
  }

  static long sessions(Doorkeeper doorkeeper) {
    // Every room's line has the count; the greatest is taken, because the lines are of different
    // moments.
    return doorkeeper.rooms().stream()
        .mapToLong(room -> room.line().counts().sessions())
        .max()
        .orElse(0);
  }

  private @Nullable Doorkeeper doorkeeper(String upstream) {
    for (Doorkeeper doorkeeper : doorkeepers()) {
      if (doorkeeper.upstream().equals(upstream)) {
        return doorkeeper;
      }
    }
    return null;
  }

  /** The room of this name; null if there is none. */
  @Nullable Room room(String name) {
    for (Room room : rooms()) {
      if (name(room).equals(name)) {
        return room;
      }
    }
    return null;
  }

  List<Room> rooms() {
    return doorkeepers().stream().flatMap(doorkeeper -> doorkeeper.rooms().stream()).toList();
  }

  static String name(Room room) {
    return room.policy().queue().room();
  }
}
