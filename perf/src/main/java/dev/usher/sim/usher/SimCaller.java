package dev.usher.sim.usher;

import dev.usher.pods.Pod;
import dev.usher.pods.warm.PodCaller;
import dev.usher.pods.warm.WarmUpListener;
import dev.usher.pods.warm.WarmUpStory;
import dev.usher.sim.gate.World;
import dev.usher.sim.plant.JobEnd;
import dev.usher.sim.plant.PlantPod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks pods for a page of the usual cost, as visitors do. */
final class SimCaller implements PodCaller {
  static final WarmUpListener SILENT =
      new WarmUpListener() {
        @Override
        public void begins(Pod pod) {}

        @Override
        public void ends(WarmUpStory story, End how) {}

        @Override
        public void fails(Pod pod, String path, String why) {}
      };

  private static final Answer REFUSED = new Answer(false, 0, "refused");

  private final Life life;

  SimCaller(Life life) {
    this.life = life;
  }

  @Override
  public CompletionStage<Answer> call(Pod pod, String path) {
    World world = life.world();
    PlantPod called = world.cluster().at(Wiring.address(pod));
    if (called == null) {
      return CompletableFuture.completedFuture(REFUSED);
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    long sentAt = world.timeline().micros();
    world.cluster().offered();
    called.serve(
        world.cluster().nature().serviceSeconds(),
        end -> life.run(() -> answer.complete(answer(end, world.timeline().micros() - sentAt))));
    return answer;
  }

  private static Answer answer(JobEnd end, long micros) {
    return switch (end) {
      case ANSWERED -> new Answer(true, micros, null);
      case FAILED -> new Answer(true, micros, "it answered 500");
      case NOT_CONNECTED -> REFUSED;
      case BROKEN -> new Answer(true, micros, "the connection broke");
    };
  }
}
