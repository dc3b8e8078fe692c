package dev.usher.attack;

import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many small attacks, some in parallel; each reports what did not hold, or nothing. */
final class Tries {
  private final ExecutorService threads;
  private final List<Future<String>> tries = new ArrayList<>();

  Tries(int atOnce) {
    threads = Executors.newFixedThreadPool(atOnce);
  }

  void add(Callable<String> attack) {
    tries.add(threads.submit(attack));
  }

  /** Waits for all of them. */
  List<String> broken() throws InterruptedException {
    List<String> broken = new ArrayList<>();
    for (Future<String> attack : tries) {
      try {
        if (!attack.get().isEmpty()) {
          broken.add(attack.get());
        }
      } catch (ExecutionException failed) {
        broken.add("failed itself: " + failed.getCause());
      }
    }
    threads.shutdown();
    return broken;
  }

  Result result(Witness witness) throws InterruptedException {
    List<String> broken = broken();
    Noticed pace = witness.pace();
    return new Result(tries.size(), tries.size() - broken.size(), String.join("\n", broken), pace);
  }
}
