package dev.usher.store.memory;

import dev.usher.store.upstream.ProofStore;
import dev.usher.store.upstream.Work;
import dev.usher.store.upstream.WorkReport;
import dev.usher.store.upstream.Works;
import java.util.HashMap;
import java.util.Map;

/** What the pods of one upstream have done, inside the process. */
final class WorkTable {
  private final Map<String, Work> works = new HashMap<>();
  private final Map<String, Long> touched = new HashMap<>();
  private String learnt = "";
  private long saidAt;

  WorkTable() {}

  WorkTable(WorkTable other) {
    works.putAll(other.works);
    touched.putAll(other.touched);
    learnt = other.learnt;
    saidAt = other.saidAt;
  }

  Works work(boolean leads, WorkReport report, long now) {
    if (now - saidAt > ProofStore.LEARNT_KEPT.toMillis()) {
      learnt = "";
      works.clear();
      touched.clear();
    }
    saidAt = now;
    report.byPod().forEach((pod, did) -> add(pod, did, leads, now));
    if (leads) {
      learnt = report.learnt();
      touched.values().removeIf(at -> now - at > ProofStore.WORK_KEPT.toMillis());
      works.keySet().retainAll(touched.keySet());
    }
    return new Works(works, learnt, now);
  }

  private void add(String pod, WorkReport.Did did, boolean leads, long now) {
    Work was = works.get(pod);
    long since = now - did.age();
    if (was != null && isOld(did, was, since)) {
      return;
    }
    boolean begins = was == null || begins(did, was);
    Work before =
        was == null
            ? new Work(did.life(), since, 0, 0, 0, did.warmth())
            : begins ? next(did, was, since) : was;
    works.put(
        pod,
        new Work(
            did.life().isEmpty() ? before.life() : did.life(),
            before.since(),
            Math.max(before.answers(), begins && was != null ? 0 : did.known()) + did.answers(),
            before.late() + did.late(),
            before.failed() + did.failed(),
            leads ? did.warmth() : before.warmth()));
    touched.put(pod, now);
  }

  /** The next life, which is known by when it began. */
  private static Work next(WorkReport.Did did, Work was, long since) {
    return new Work(did.life(), Math.max(since, was.since() + 1), 0, 0, 0, did.warmth());
  }

  private static boolean areNamed(WorkReport.Did did, Work was) {
    return !did.life().isEmpty() && !was.life().isEmpty();
  }

  /** Who has not heard yet that the pod began anew. */
  private static boolean isOld(WorkReport.Did did, Work was, long since) {
    return areNamed(did, was)
        ? !did.life().equals(was.life()) && since <= was.since()
        : !did.next() && did.heard() > 0 && did.heard() < was.since();
  }

  /** Whether the pod is in a later life than the one that is noted. */
  private static boolean begins(WorkReport.Did did, Work was) {
    return areNamed(did, was)
        ? !did.life().equals(was.life())
        : did.next() && was.since() <= did.heard();
  }
}
