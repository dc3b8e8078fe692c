package dev.usher.sim.rival;

import dev.usher.sim.gate.Caller;
import dev.usher.sim.gate.Reading;
import dev.usher.sim.gate.SimRequest;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.PlantPod;
import dev.usher.sim.plant.PodCluster;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * At most a fixed number of requests per pod, the rest in one long queue; it does not know
 * sessions. It wants as many pods as the requests call for, by the mean of a minute or, in a panic,
 * of six seconds.
 */
public final class PodConcurrency extends Open {
  /** Requests per pod: the usual setting of such gates for pods of this size. */
  private static final int CONCURRENCY = 10;

  private static final double TARGET = 0.7;
  private static final int QUEUE_MAX = 100_000;
  private static final int STABLE = 30;
  private static final int PANIC = 3;
  private static final double STEP_SECONDS = 2;
  private static final double SERVE_SECONDS = 0.1;

  private final Deque<SimRequest> queue = new ArrayDeque<>();
  private final int[] inFlight = new int[PodCluster.ADDRESSES];
  private final double[] concurrency = new double[STABLE];
  private int steps;
  private int wanted;

  public PodConcurrency(World world) {
    super(world);
    this.wanted = world.cluster().count();
    world.timeline().every(SERVE_SECONDS, SERVE_SECONDS, this::serve);
    world.timeline().every(STEP_SECONDS, STEP_SECONDS, this::want);
  }

  @Override
  public void send(Caller caller, SimRequest request) {
    if (queue.size() >= QUEUE_MAX) {
      request.end(SimRequest.End.REFUSED);
      return;
    }
    queue.add(request);
    serve();
  }

  private void serve() {
    List<PlantPod> ready = behind.ready();
    while (!queue.isEmpty()) {
      SimRequest next = queue.getFirst();
      if (next.isOver()) {
        queue.removeFirst();
        continue;
      }
      PlantPod least = null;
      for (PlantPod pod : ready) {
        if (least == null || inFlight[pod.address()] < inFlight[least.address()]) {
          least = pod;
        }
      }
      if (least == null || inFlight[least.address()] >= CONCURRENCY) {
        return;
      }
      queue.removeFirst();
      start(least, next);
    }
  }

  private void start(PlantPod pod, SimRequest request) {
    int address = pod.address();
    inFlight[address]++;
    behind.sendTo(
        pod,
        request,
        true,
        answered -> {
          inFlight[address]--;
          serve();
        });
  }

  private void want() {
    concurrency[steps++ % STABLE] = queue.size() + Arrays.stream(inFlight).sum();
    int now = Math.max(1, world.cluster().count());
    int stable = pods(Math.min(steps, STABLE));
    int panic = pods(Math.min(steps, PANIC));
    wanted = panic >= 2 * now ? panic : Math.max(stable, Math.min(now, panic));
  }

  private int pods(int last) {
    double sum = 0;
    for (int i = 1; i <= last; i++) {
      sum += concurrency[Math.floorMod(steps - i, STABLE)];
    }
    return (int) Math.ceil(sum / last / (CONCURRENCY * TARGET));
  }

  @Override
  public Reading reading() {
    return Reading.of(queue.size(), wanted);
  }
}
