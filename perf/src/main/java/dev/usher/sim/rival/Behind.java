package dev.usher.sim.rival;

import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.JobEnd;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Chance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer without a gate's knowledge: it chooses any pod that Kubernetes believes to be
 * ready, and retries a failed safe request once on another.
 */
final class Behind {
  private static final double CONNECT_TIMEOUT_SECONDS = 0.3;

  private final World world;
  private final Chance chance;

  /** Called once, when a request has left the pods, one way or another. */
  interface Done {
    void done(boolean answered);
  }

  Behind(World world) {
    this.world = world;
    this.chance = world.chance().of("balancer");
  }

  List<PlantPod> ready() {
    return world.cluster().visible();
  }

  @Nullable PlantPod any() {
    List<PlantPod> ready = ready();
    return ready.isEmpty() ? null : ready.get(chance.below(ready.size()));
  }

  /** Sends it to any pod, answers the request, and reports when the pod is done with it. */
  void send(SimRequest request, Done done) {
    PlantPod pod = any();
    if (pod == null) {
      done.done(false);
      request.end(SimRequest.End.REFUSED);
    } else {
      sendTo(pod, request, true, done);
    }
  }

  /**
   * Sends it to this pod. A request whose visitor has gone is not done before the pod is done with
   * it: a gate that counts requests in flight counts the real ones.
   */
  void sendTo(PlantPod pod, SimRequest request, boolean again, Done done) {
    world.cluster().offered();
    double timeout = !pod.alive() && pod.silent() ? CONNECT_TIMEOUT_SECONDS : 0;
    pod.serve(
        request.seconds(),
        end -> {
          if (end == JobEnd.ANSWERED) {
            done.done(!request.isOver());
            request.end(SimRequest.End.ANSWERED);
          } else {
            world.timeline().after(timeout, () -> failed(request, again, done));
          }
        });
  }

  private void failed(SimRequest request, boolean again, Done done) {
    PlantPod other = request.safe() && again && !request.isOver() ? any() : null;
    if (other != null) {
      sendTo(other, request, false, done);
    } else {
      done.done(false);
      request.end(SimRequest.End.FAILED);
    }
  }
}
