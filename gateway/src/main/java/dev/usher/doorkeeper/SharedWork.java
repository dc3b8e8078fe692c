package dev.usher.doorkeeper;

import dev.usher.admission.Admission;
import dev.usher.admission.Learnt;
import dev.usher.admission.PodSample;
import dev.usher.admission.PodSample.Done;
import dev.usher.admission.PodsSeen;
import dev.usher.store.QueueStore;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Work;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.WorkReport.Did;
import dev.usher.store.upstream.Works;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The work that the pods of one upstream did for all replicas together, and what the leader has
 * learnt from it. Once a second each replica reports what went through it, and hears the sums. So a
 * pod is as warm for the next leader, or for a replica that has just started, as it was for the
 * last leader.
 */
final class SharedWork {
  private static final long STEP_MILLIS = 1000;

  /** How often a pod without news is named, so that it is remembered. */
  private static final long NAMED_MILLIS = 60_000;

  /** The lease of a replica that must not speak for all. */
  private final Lease nobodys;

  private final QueueStore store;
  private final Map<String, Own> own = new HashMap<>();
  private final Seen share = new Seen();
  private @Nullable Works told;
  private long toldAt;
  private @Nullable Learnt learnt;
  private long askedAt = Long.MIN_VALUE / 2;
  private boolean informed;

  private PodsSeen local = PodsSeen.NONE;
  private @Nullable Admission decided;

  /** What was reported of one life of a pod. */
  private static final class Own {
    private final int life;

    /** Since when the life lasted that this replica saw end last, as the store said; 0 for none. */
    private final long ended;

    /** The same of the life that was known while the pod was last seen ready. */
    private long lasts;

    private Done reported = Done.NOTHING;
    private long calls;
    private long reportedAt = Long.MIN_VALUE / 2;

    private Own(int life, long ended) {
      this.life = life;
      this.ended = ended;
    }

    // What is told after the pod was last seen ready may be of its next life: another replica may
    // have noticed sooner.
    private long over() {
      return lasts > 0 ? lasts : ended;
    }
  }

  SharedWork(String upstream, QueueStore store) {
    this.nobodys = new Lease(upstream, 0);
    this.store = store;
  }

  /** The pods as all replicas know them. */
  synchronized PodsSeen see(PodsSeen seen, long now) {
    local = seen;
    informed = told != null;
    List<PodSample> known = new ArrayList<>(seen.pods().size());
    seen.pods().forEach(pod -> known.add(merged(pod, now)));
    return seen.withMore(known, share.of(known));
  }

  private PodSample merged(PodSample pod, long now) {
    Own mine = own(pod);
    Work work = work(pod);
    if (work == null) {
      return pod;
    }
    mine.lasts = pod.ready() ? work.since() : mine.lasts;
    Done all = new Done(work.answers(), work.late(), work.failed());
    PodSample.Life life =
        new PodSample.Life(pod.life().number(), pod.life().name() + "@" + work.since());
    return new PodSample(
        pod.pod(),
        life,
        pod.ready(),
        age(work, now),
        all.plus(pod.done().since(mine.reported)),
        Math.min(1, work.warmth()),
        pod.sessions(),
        pod.calls());
  }

  private Own own(PodSample pod) {
    Own mine = own.get(pod.pod());
    if (mine == null || mine.life != pod.life().number()) {
      mine = new Own(pod.life().number(), mine == null ? 0 : mine.over());
      own.put(pod.pod(), mine);
    }
    return mine;
  }

  private long age(Work work, long now) {
    Works heard = told;
    return heard == null ? 0 : Math.max(0, heard.now() - work.since() + now - toldAt);
  }

  /** The store's sums for this life of the pod; null if it has none. */
  private @Nullable Work work(PodSample pod) {
    Work work = told == null ? null : told.byPod().get(pod.pod());
    if (work == null) {
      return null;
    }
    boolean named = !work.life().isEmpty() && !pod.life().name().isEmpty();
    boolean isOver =
        named ? !work.life().equals(pod.life().name()) : work.since() <= own(pod).ended;
    return isOver ? null : work;
  }

  /** Takes over the decision made from the pods as they were last seen. */
  synchronized void decided(Admission admission) {
    decided = admission;
  }

  /** Whether the last decision was made knowing what the others know. */
  synchronized boolean informed() {
    return informed;
  }

  /** What the leader has learnt; null if unknown. */
  synchronized @Nullable Learnt learnt() {
    return learnt;
  }

  /** Reports what is new and hears the sums, once a second. Fails when the store does. */
  CompletionStage<Void> step(Lease lease, long now) {
    Lease own = informed() ? lease : nobodys;
    WorkReport report = report(own, now);
    return report == null
        ? CompletableFuture.completedFuture(null)
        : store.work(own, report).thenAccept(works -> hear(works, now));
  }

  private synchronized @Nullable WorkReport report(Lease lease, long now) {
    if (now - askedAt < STEP_MILLIS) {
      return null;
    }
    askedAt = now;
    Admission last = decided;
    Map<String, Double> warmth = new HashMap<>();
    if (last != null) {
      last.pods().forEach(limit -> warmth.put(limit.pod(), limit.warmth()));
    }
    Map<String, Did> byPod = new HashMap<>();
    for (PodSample pod : local.pods()) {
      Own mine = own(pod);
      Done fresh = pod.done().since(mine.reported);
      if (!pod.ready() && work(pod) == null) {
        // A pod that was never ready here has no life to report yet.
        continue;
      }
      boolean due = lease.held() || now - mine.reportedAt >= NAMED_MILLIS;
      if (due || !fresh.equals(Done.NOTHING)) {
        byPod.put(pod.pod(), did(pod, fresh, warmth.getOrDefault(pod.pod(), 0.0), now));
        // A report that is lost on its way counts as made, because no answer may ever count twice.
        mine.reported = pod.done();
        mine.reportedAt = now;
        long calls = Math.max(0, pod.calls().answers() - mine.calls);
        mine.calls = pod.calls().answers();
        share.told(fresh.answers(), calls, work(pod));
      }
    }
    Learnt said = last == null || !informed ? null : last.learnt();
    String text = said == null ? told == null ? "" : told.learnt() : said.text();
    return new WorkReport(byPod, text);
  }

  private Did did(PodSample pod, Done fresh, double warmth, long now) {
    Work work = work(pod);
    long ended = own(pod).ended;
    // A pod that is not ready is no colder for that.
    double known = pod.ready() && warmth > 0 ? warmth : work == null ? pod.warmth() : work.warmth();
    return new Did(
        pod.life().name(),
        work == null ? ended : work.since(),
        work == null && ended > 0,
        work == null ? pod.age() : age(work, now),
        fresh.answers(),
        fresh.late(),
        fresh.failed(),
        work == null ? 0 : work.answers(),
        Math.min(1, known));
  }

  private synchronized void hear(Works works, long now) {
    if (told == null) {
      own.values().forEach(mine -> mine.reportedAt = now);
    }
    told = works;
    toldAt = now;
    forget(works);
    learnt = Learnt.parse(works.learnt());
    share.heard(works);
  }

  /** Forgets pods that are gone, once no pod at their address can be taken for them. */
  private void forget(Works works) {
    if (own.size() > local.pods().size()) {
      Set<String> known = new HashSet<>(works.byPod().keySet());
      local.pods().forEach(pod -> known.add(pod.pod()));
      own.keySet().retainAll(known);
    }
  }

  /** The share of the pods' answers that went through this replica, over about the last minute. */
  private static final class Seen {
    private static final int ENOUGH = 50;

    /** The part of the counts that is forgotten with each word of the store. */
    private static final double FORGET = 0.05;

    /** Answers reported, and not yet in the sums that were heard. */
    private double fresh;

    /** Those of the answers to our own calls that will be in the sums that are counted. */
    private double called;

    private double here;
    private double all;
    private final Map<String, Work> before = new HashMap<>();

    /** Takes in a report. Only what visitors asked for says how many of them come here. */
    private void told(long answers, long calls, @Nullable Work work) {
      fresh += answers - calls;
      called += work == null || isHeld(work) ? 0 : calls;
    }

    /** Whether the pod gets no visitors because it is warmed first: all its work is calls. */
    private static boolean isHeld(Work work) {
      return work.warmth() == 0;
    }

    private void heard(Works works) {
      here = here * (1 - FORGET) + fresh;
      fresh = 0;
      all *= 1 - FORGET;
      works
          .byPod()
          .forEach(
              (pod, work) -> {
                Work was = before.get(pod);
                if (was != null && was.since() == work.since() && !isHeld(work)) {
                  all += Math.max(0, work.answers() - was.answers());
                }
              });
      all = Math.max(0, all - called);
      called = 0;
      before.clear();
      before.putAll(works.byPod());
    }

    private double of(List<PodSample> pods) {
      return pods.isEmpty() || all < ENOUGH ? Double.NaN : Math.min(1, here / all);
    }
  }
}
