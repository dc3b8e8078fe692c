package dev.usher.doorkeeper;

import dev.usher.admission.PodLimit;
import dev.usher.admission.PodsSeen;
import dev.usher.admission.Traffic;
import dev.usher.pods.Load;
import dev.usher.pods.PodWatch;
import dev.usher.room.FlakyQueueStore;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.SlotDecay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** One replica that takes all the slots it may, of pods whose caps a test sets. */
public final class SlotPlay implements PodWatch {
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  public final FlakyQueueStore store;
  final SlotShares shares;
  final Map<String, Integer> inFlight = new HashMap<>();
  public SlotDecay stays = SlotDecay.UNKNOWN;
  private final Map<String, Integer> caps;
  private final Map<String, Integer> limits = new HashMap<>();
  private Lease lease = new Lease("shop", 0);
  private int holding;
  private boolean stepping;

  /** When it last did so for certain. */
  long reportedAt;

  public SlotPlay(QueueStore store, Map<String, Integer> caps, long seed) {
    this.store = new FlakyQueueStore(store, seed);
    this.caps = caps;
    this.shares = new SlotShares("shop", this, this.store, LossReserve.hold(TIMEOUT));
  }

  @Override
  public PodsSeen see(long now) {
    return new PodsSeen(List.of(), Traffic.NONE, 0);
  }

  @Override
  public Load load() {
    return new Load(inFlight, holding, stays);
  }

  @Override
  public void limit(List<PodLimit> told) {
    told.forEach(limit -> limits.put(limit.pod(), limit.share()));
  }

  /** Takes and gives back requests at random. */
  void work(Random chance) {
    holding = chance.nextInt(3) == 0 ? chance.nextInt(50) : 0;
    caps.keySet()
        .forEach(
            pod -> {
              int has = inFlight.getOrDefault(pod, 0);
              int may = limit(pod);
              inFlight.put(pod, chance.nextBoolean() && has < may ? may : chance.nextInt(has + 1));
            });
  }

  /** As the doorkeeper does at every tick, while it does not await an answer. */
  public void tick(long now) {
    shares.see(now);
    shares.limit(
        caps.entrySet().stream()
            .map(pod -> new PodLimit(pod.getKey(), 1, pod.getValue()))
            .collect(Collectors.toList()));
    if (stepping) {
      return;
    }
    stepping = true;
    var unused =
        store
            .lead("shop", Duration.ofMillis(2500))
            .thenAccept(taken -> lease = taken)
            .thenCompose(taken -> shares.step(lease, new StoreSilence()))
            .thenAccept(done -> reportedAt = now)
            .whenComplete(
                (done, failure) -> {
                  stepping = false;
                  if (failure != null) {
                    lease = new Lease("shop", 0);
                  }
                });
  }

  public int limit(String pod) {
    return limits.getOrDefault(pod, 0);
  }

  /** What it has or may take at any moment. */
  int exposed(String pod) {
    return Math.max(limit(pod), inFlight.getOrDefault(pod, 0));
  }
}
