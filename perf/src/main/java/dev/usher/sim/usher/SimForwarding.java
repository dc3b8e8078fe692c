package dev.usher.sim.usher;

import dev.usher.pods.Pod;
import dev.usher.pods.RequestClass;
import dev.usher.pods.Slot;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.JobEnd;
import dev.usher.sim.plant.PlantPod;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** One admitted request on its way to a pod and back, handled as the proxy does. */
final class SimForwarding {
  private static final Duration HOLD = Duration.ofSeconds(5);

  /** Longest wait for a connection to a silent pod. */
  private static final double CONNECT_TIMEOUT_SECONDS = 0.3;

  /**
   * Pause before one more try after two broken connections: pods that die together have all died by
   * then.
   */
  private static final double BROKEN_AGAIN_SECONDS = 0.1;

  private final World world;
  private final Replica replica;
  private final SimRequest request;
  private int retries;
  private long sentAt;

  SimForwarding(World world, Replica replica, SimRequest request) {
    this.world = world;
    this.replica = replica;
    this.request = request;
  }

  void begin(RequestClass kind) {
    replica.pods().arrived(kind);
    Slot slot = replica.pods().take(null, null);
    if (slot != null) {
      send(slot);
    } else {
      await();
    }
  }

  private void await() {
    CompletionStage<Void> unused =
        replica
            .pods()
            .await(HOLD, null)
            .thenAccept(
                held -> {
                  if (held == null) {
                    request.end(SimRequest.End.REFUSED);
                  } else if (request.isOver()) {
                    held.giveBack(Slot.Outcome.CANCELLED);
                  } else {
                    send(held);
                  }
                });
  }

  private void send(Slot slot) {
    request.whenAbandoned(() -> replica.run(() -> slot.giveBack(Slot.Outcome.CANCELLED)));
    sentAt = world.timeline().micros();
    world.cluster().offered();
    PlantPod pod = replica.plantPod(slot);
    if (pod == null) {
      failed(slot, Slot.Outcome.CONNECT_FAILED);
    } else {
      boolean silent = !pod.alive() && pod.silent();
      world.cluster().firstVisits().sent(pod);
      pod.serve(request.seconds(), end -> replica.run(() -> ended(slot, end, silent)));
      replica.sent(pod);
    }
  }

  private void ended(Slot slot, JobEnd end, boolean silent) {
    if (request.isOver()) {
      return; // nobody waits for it: the slot was given back when the visitor left
    }
    switch (end) {
      case ANSWERED -> {
        slot.firstByte(world.timeline().micros() - sentAt, 200, 0);
        slot.giveBack(Slot.Outcome.ANSWERED);
        request.end(SimRequest.End.ANSWERED);
      }
      case FAILED -> {
        slot.firstByte(world.timeline().micros() - sentAt, 500, 0);
        slot.giveBack(Slot.Outcome.ANSWERED);
        request.end(SimRequest.End.FAILED);
      }
      case NOT_CONNECTED ->
          replica.after(
              silent ? CONNECT_TIMEOUT_SECONDS : 0,
              () -> failed(slot, Slot.Outcome.CONNECT_FAILED));
      case BROKEN -> failed(slot, Slot.Outcome.BROKEN);
    }
  }

  /** As in the proxy: a request that was never sent may be retried more often. */
  private static int allowed(Slot.Outcome outcome) {
    return outcome == Slot.Outcome.CONNECT_FAILED ? 8 : 2;
  }

  private void failed(Slot slot, Slot.Outcome outcome) {
    Pod failed = slot.pod();
    boolean again = request.safe() && retries < allowed(outcome);
    Slot other = again ? replica.pods().take(null, failed) : null;
    slot.giveBack(outcome);
    retries++;
    if (!again) {
      request.end(SimRequest.End.FAILED);
    } else if (outcome == Slot.Outcome.BROKEN && retries > 1) {
      if (other != null) {
        other.giveBack(Slot.Outcome.CANCELLED);
      }
      replica.after(BROKEN_AGAIN_SECONDS, this::await);
    } else if (other == null) {
      await();
    } else {
      send(other);
    }
  }
}
