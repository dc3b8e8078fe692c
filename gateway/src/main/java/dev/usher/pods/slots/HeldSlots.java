package dev.usher.pods.slots;

import dev.usher.pods.Slot;
import dev.usher.pods.roster.EjectionCause;
import dev.usher.pods.roster.OpenPod;
import dev.usher.pods.roster.OutlierEjection;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.roster.SlotTimes;
import dev.usher.pods.roster.TrafficCount;
import java.util.function.Consumer;

/**
 * The slots that are held: what is counted of all of them, and what the end of each says about its
 * pod. On the path of every request: locks nothing while the pods are well.
 */
final class HeldSlots {
  final TrafficCount traffic;
  final SlotTimes times;
  final StreamShare streams;
  private final Roster roster;
  private final Consumer<OpenPod> freed;

  /**
   * @param streams how many of them streams may hold
   * @param freed told of each pod on which a slot has come free
   */
  HeldSlots(Roster roster, StreamShare streams, Consumer<OpenPod> freed) {
    this.roster = roster;
    this.traffic = roster.traffic();
    this.times = roster.times();
    this.streams = streams;
    this.freed = freed;
  }

  /** Makes a held slot, which was taken on this pod. */
  Slot on(OpenPod pod) {
    return new TakenSlot(pod, this);
  }

  /** Takes in that a slot on this pod was given back. */
  void ended(OpenPod pod, Slot.Outcome outcome) {
    switch (outcome) {
      case ANSWERED -> pod.inARow.worked();
      case CONNECT_FAILED -> failed(pod, EjectionCause.REFUSED, outcome);
      case TIMED_OUT -> failed(pod, EjectionCause.SILENT, outcome);
      case BROKEN -> broke(pod);
      // A visitor who left says nothing about the pod.
      case CANCELLED -> {}
    }
    pod.load().release();
    // Order matters: the slot is free before we look for waiters, and a waiter stands in the queue
    // before it looks for slots, so one of the two always sees the other.
    freed.accept(pod);
  }

  private void failed(OpenPod pod, EjectionCause why, Slot.Outcome outcome) {
    int failures = pod.inARow.failed();
    if (OutlierEjection.isDead(failures)) {
      roster.eject(pod, why, failures + " requests in a row failed, the last one " + outcome);
    }
  }

  /** Counts a broken answer; one alone says nothing certain about the pod. */
  private void broke(OpenPod pod) {
    if (pod.inARow.broke()) {
      roster.eject(pod, EjectionCause.BREAKING, "connections to it broke, and none did not");
    }
  }
}
