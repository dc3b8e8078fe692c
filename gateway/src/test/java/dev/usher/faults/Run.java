package dev.usher.faults;

import dev.usher.visit.DiaryEntry;
import dev.usher.visit.Findings;
import dev.usher.visit.Habits;
import dev.usher.visit.Manners;
import dev.usher.visit.VisitCrowd;
import dev.usher.visit.VisitTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One run of a schedule: a crowd, its faults, and what the checkers say of all that was told. */
final class Run {
  /** Where the history of a run that broke a promise is kept. */
  private static final Path KEPT = Path.of("target", "faults");

  /** A load balancer, or the visitor, tries another replica after that time. */
  private static final Manners MANNERS =
      new Manners(VisitTokens.ROOM, "/api/seats", Duration.ofSeconds(3), 150, 250, false);

  private final Schedule schedule;
  private final World world;

  private Run(Schedule schedule, World world) {
    this.schedule = schedule;
    this.world = world;
  }

  /** Runs it in this empty folder. */
  static Findings of(Schedule schedule, Path folder) {
    try (World world = new World(folder, schedule.size())) {
      return new Run(schedule, world).play();
    }
  }

  private Findings play() {
    SplittableRandom chance = new SplittableRandom(schedule.seed());
    long start = world.time().now();
    List<Habits> habits = Habits.of(schedule.visitors(), schedule.rush(), chance.split());
    VisitCrowd crowd =
        new VisitCrowd(world.vertx(), world.history().diary(), world.site(), MANNERS);
    crowd.come(habits, chance.split());
    try {
      strikeAll(start);
      long resumed =
          schedule.steps().stream()
              .mapToLong(step -> step.fault().resumesWithinMillis())
              .max()
              .orElse(0);
      world
          .time()
          .await(world.time().now() + resumed + schedule.rest(), () -> crowd.present() == 0);
    } finally {
      crowd.end();
    }
    return judge(habits);
  }

  private void strikeAll(long start) {
    // What hits the store goes on beside what hits replicas; of each kind, one after another.
    CompletableFuture.allOf(strikes(true, start), strikes(false, start)).join();
  }

  private CompletableFuture<Void> strikes(boolean store, long start) {
    return CompletableFuture.runAsync(
        () ->
            schedule.steps().stream()
                .filter(step -> step.fault().hitsStore() == store)
                .forEach(step -> strike(step, start)),
        task -> new Thread(task, "faults").start());
  }

  private void strike(Schedule.Step step, long start) {
    world.time().await(start + step.at());
    long from = world.time().now();
    Fault.Harm harm = step.fault().strike(world, step.millis());
    world.history().trouble(new History.Trouble(step.fault(), harm, from, world.time().now()));
  }

  private Findings judge(List<Habits> habits) {
    Findings findings = new Findings();
    findings.measured(String.format("%s, seed %d", schedule.name(), schedule.seed()));
    RoomRules.checkAllCameIn(world.history(), habits, findings);
    OrderRules.check(world.history(), schedule.size().capacity(), findings);
    RoomRules.check(world.history(), schedule.size(), findings);
    CapRules.check(world.history(), schedule.size().inFlightPerPod(), findings);
    findings.measured(String.format("took %.1f s", world.time().now() / 1000.0));
    if (!findings.isEmpty()) {
      findings.measured(String.format("all that was told: %s", keep()));
    }
    return findings;
  }

  /** Writes down the whole history and the replicas' logs, for who looks for the reason. */
  private Path keep() {
    try {
      Path kept = Files.createDirectories(KEPT.resolve(schedule.name() + "-" + schedule.seed()));
      List<String> lines = new ArrayList<>();
      world.history().troubles().forEach(trouble -> lines.add(trouble.toString()));
      world.history().diary().entries().stream()
          .sorted(Comparator.comparingLong(DiaryEntry::answeredAt))
          .forEach(each -> lines.add(each.toString()));
      world.history().figures().forEach(figure -> lines.add(figure.toString()));
      Files.write(kept.resolve("history.txt"), lines);
      for (ReplicaProcess replica : world.replicas()) {
        Files.write(kept.resolve("replica-" + replica.number() + ".log"), replica.log());
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
