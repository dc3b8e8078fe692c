package dev.usher.ops;

import dev.usher.admission.Declared;
import dev.usher.doorkeeper.Doorkeeper;
import dev.usher.pods.slots.PodSet;
import dev.usher.provision.ScaleSignal;
import dev.usher.room.Room;
import dev.usher.token.Passes;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The running parts that operators look at.
 *
 * @param parts the rooms and upstreams there are by now
 * @param config how the configuration in force stands to its file by now
 * @param passes knows which passes are good
 * @param connections open connections of visitors
 * @param draining whether this replica is on its way out
 * @param clock milliseconds since 1970
 * @param storeClock the same by the store's clock, by which passes end
 */
public record Running(
    Supplier<Parts> parts,
    Supplier<ConfigStatus> config,
    Passes passes,
    IntSupplier connections,
    BooleanSupplier draining,
    LongSupplier clock,
    LongSupplier storeClock) {
  /**
   * The rooms and upstreams there are.
   *
   * @param doorkeepers one for each upstream that has rooms
   * @param upstreams the pods of every upstream
   * @param declared what one pod of each upstream bears, by the upstream's name
   * @param signals how many pods each upstream should have
   */
  public record Parts(
      List<Doorkeeper> doorkeepers,
      List<PodSet> upstreams,
      Map<String, Declared> declared,
      List<ScaleSignal> signals) {
    public Parts {
      signals = List.copyOf(signals);
      doorkeepers = List.copyOf(doorkeepers);
      upstreams = List.copyOf(upstreams);
      declared = Map.copyOf(declared);
    }
  }

  List<Doorkeeper> doorkeepers() {
    return parts.get().doorkeepers();
  }

  List<PodSet> upstreams() {
    return parts.get().upstreams();
  }

  Map<String, Declared> declared() {
    return parts.get().declared();
  }

  List<ScaleSignal> signals() {
    return parts.get().signals();
  }

  /** Sessions of all rooms of an upstream, as last heard from the store. */
  long sessions(String upstream) {
    Doorkeeper doorkeeper = doorkeeper(upstream);
    return doorkeeper == null ? 0 : sessions(doorkeeper);
  }

  /** Sessions an upstream may carry now, as this replica reckons. */
  long capacity(String upstream) {
    Doorkeeper doorkeeper = doorkeeper(upstream);
    return doorkeeper == null ? 0 : doorkeeper.admission().capacity();
  }

  static long sessions(Doorkeeper doorkeeper) {
    // Every room's line has the count; the greatest, as its lines are of different moments.
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

  /** The room of this name, null when there is none. */
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
