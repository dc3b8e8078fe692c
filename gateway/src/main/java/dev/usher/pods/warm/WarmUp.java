package dev.usher.pods.warm;

import dev.usher.admission.PodLimit;
import dev.usher.pods.Pod;
import dev.usher.pods.PodView;
import dev.usher.pods.UpstreamOptions;
import dev.usher.pods.roster.OpenPod;
import dev.usher.pods.roster.Roster;
import dev.usher.pods.warm.WarmUpListener.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Warms the cold pods of one upstream by calls to the paths that its operator lists. The admission
 * controller says which pods are called and how often, the leader alone calls: so that a pod is
 * called as often with sixteen replicas as with one.
 */
public final class WarmUp {
  private final Roster roster;
  private final PodCaller caller;
  private final WarmUpListener listener;
  private final Map<String, PodCourse> courses = new HashMap<>();

  /** Paths that do not work, with the reason, until they do on some pod. */
  private final Map<String, String> failing = new TreeMap<>();

  private List<String> paths;
  private long now;

  /** Time of the answers of warm pods, in microseconds; 0 while unknown. */
  private long usual;

  private long answered;
  private long failed;

  public WarmUp(Roster roster, UpstreamOptions options, PodCaller caller, WarmUpListener listener) {
    this.roster = roster;
    this.caller = caller;
    this.listener = listener;
    this.paths = options.warmUpPaths();
  }

  /** Takes over other paths. Every pod that is called begins with them anew. */
  public synchronized void reconfigure(UpstreamOptions changed) {
    if (!changed.warmUpPaths().equals(paths)) {
      paths = changed.warmUpPaths();
      courses.clear();
      failing.clear();
      for (PodView each : roster.view()) {
        OpenPod pod = roster.named(each.pod().toString());
        if (pod != null) {
          pod.count().calls().tryAgain();
        }
      }
    }
  }

  /**
   * Makes the calls that are due. Must be asked after each tick.
   *
   * @param limits what the pods may be given
   * @param leads whether this replica calls
   */
  public void step(long time, List<PodLimit> limits, boolean leads) {
    List<Runnable> calls = new ArrayList<>();
    synchronized (this) {
      now = time;
      Set<String> called = new HashSet<>();
      for (PodLimit limit : limits) {
        OpenPod pod = leads && limit.calls() > 0 ? roster.named(limit.pod()) : null;
        if (pod != null && !paths.isEmpty()) {
          called.add(limit.pod());
          PodCourse course = course(pod);
          course.pace(now, limit.calls(), !limit.isHeld());
          plan(course, calls);
        }
      }
      limits.stream().filter(limit -> !called.contains(limit.pod())).forEach(this::end);
      courses.keySet().retainAll(called);
      usual = called.isEmpty() ? 0 : usual();
    }
    calls.forEach(Runnable::run);
  }

  /** The median, over the warm pods, of how they have answered visitors lately. */
  private long usual() {
    long[] means =
        roster.view().stream()
            .filter(pod -> pod.ready() && pod.warmth() >= 1 && pod.lately().count() > 0)
            .mapToLong(pod -> pod.lately().micros() / pod.lately().count())
            .sorted()
            .toArray();
    return means.length == 0 ? 0 : means[means.length / 2];
  }

  private PodCourse course(OpenPod pod) {
    String name = pod.pod().toString();
    PodCourse course = courses.get(name);
    if (course == null || !course.isOf(pod)) {
      course = new PodCourse(pod, paths, now);
      courses.put(name, course);
      listener.begins(pod.pod());
    }
    return course;
  }

  private void plan(PodCourse course, List<Runnable> calls) {
    PodCourse.Call call = course.begin(now);
    while (call != null) {
      PodCourse.Call due = call;
      calls.add(() -> call(course, due));
      call = course.begin(now);
    }
  }

  private void call(PodCourse course, PodCourse.Call call) {
    CompletionStage<Void> unused =
        caller
            .call(course.pod().pod(), call.path())
            .thenAccept(answer -> hear(course, call, answer));
  }

  private void hear(PodCourse course, PodCourse.Call call, PodCaller.Answer answer) {
    List<Runnable> calls = new ArrayList<>();
    synchronized (this) {
      take(course, call, answer, calls);
    }
    calls.forEach(Runnable::run);
  }

  // Rule zero: what was called, how it ended, and what follows from that.
  private void take(
      PodCourse course, PodCourse.Call call, PodCaller.Answer answer, List<Runnable> calls) {
    if (courses.get(course.pod().pod().toString()) != course || !course.isOf(course.pod())) {
      // It has left, or begun anew, or is called no more.
      return;
    }
    boolean gone = course.end(call, answer, now, usual);
    String trouble = answer.trouble();
    if (trouble == null) {
      answered++;
      failing.remove(call.path());
    } else {
      failed++;
      if (gone && failing.put(call.path(), trouble) == null) {
        listener.fails(course.pod().pod(), call.path(), trouble);
      }
    }
    plan(course, calls);
  }

  private void end(PodLimit limit) {
    PodCourse course = courses.get(limit.pod());
    if (course == null || !course.isOf(course.pod()) || !course.pod().isReady()) {
      return;
    }
    boolean lost = course.calls().told().givenUp();
    End how = lost ? End.GIVEN_UP : limit.warmth() >= 1 ? End.WARM : End.STOPPED;
    listener.ends(course.story(now), how);
  }

  /** How the pods are warmed now. */
  public synchronized WarmUpView view() {
    List<Pod> pods = courses.values().stream().map(course -> course.pod().pod()).toList();
    return new WarmUpView(paths, failing, pods, answered, failed);
  }
}
