package dev.usher.sim.rival;

import dev.usher.sim.gate.Request;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.JobEnd;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.time.Chance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer without a gate's knowledge: it chooses any pod that Kubernetes believes to be
 * ready, and tries a safe request that failed once more on another.
 */
final class Behind {
  private static final double CONNECT_TIMEOUT_SECONDS = 0.3;

  private final World world;
  private final Chance chance;

  /** Told when a request has left the pods, one way or the other. */
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

  /** Sends it to any pod; answers the request, and tells when it is done for the pod. */
  void send(Request request, Done done) {
    PlantPod pod = any();
    if (pod == null) {
      done.done(false);
      request.end(Request.End.REFUSED);
    } else {
      sendTo(pod, request, true, done);
    }
  }

  void sendTo(PlantPod pod, Request request, boolean again, Done done) {
    world.cluster().offered();
    boolean silent = !pod.alive() && pod.silent();
    request.whenAbandoned(() -> done.done(false));
    pod.serve(
        request.seconds(),
        end -> {
          if (request.isOver()) {
            return;
          }
          if (end == JobEnd.ANSWERED) {
            done.done(true);
            request.end(Request.End.ANSWERED);
          } else {
            world
                .timeline()
                .after(silent ? CONNECT_TIMEOUT_SECONDS : 0, () -> failed(request, again, done));
          }
        });
  }

  private void failed(Request request, boolean again, Done done) {
    PlantPod other = request.safe() && again ? any() : null;
    if (other != null && !request.isOver()) {
      sendTo(other, request, false, done);
    } else if (!request.isOver()) {
      done.done(false);
      request.end(Request.End.FAILED);
    }
  }
}
