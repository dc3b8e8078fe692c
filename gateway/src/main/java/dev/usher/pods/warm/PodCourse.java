package dev.usher.pods.warm;

import dev.usher.pods.roster.OpenPod;
import dev.usher.pods.roster.OwnCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls to one pod in one of its lives: when the next is due, and of which path. */
final class PodCourse {
  /** Failures in a row after which a path is not called again on this pod. */
  private static final int FAILURES_MOST = 3;

  /** How long a pod that takes no connections is left alone. */
  private static final long PAUSE_MILLIS = 1000;

  /**
   * Calls are in flight for at most this long when they come at their pace. A pod that takes longer
   * is called less often: it is cold, or has enough to do.
   */
  private static final double IN_FLIGHT_SECONDS = 0.5;

  private static final int IN_FLIGHT_LEAST = 2;

  private final OpenPod pod;
  private final int life;
  private final long began;
  private final List<String> paths;
  private final Map<String, Failing> failures = new HashMap<>();
  private final StandingStill still = new StandingStill();
  private long paceAt;
  private long pausedUntil;
  private double due = 1;
  private double perSecond;
  private boolean shared;
  private int inFlight;
  private int begun;

  /**
   * A call.
   *
   * @param number how many were begun before it
   */
  record Call(String path, int number) {}

  /** Failures in a row, and how many calls were begun when the last of them was heard of. */
  private record Failing(int inARow, int begun) {}

  PodCourse(OpenPod pod, List<String> paths, long now) {
    this.pod = pod;
    this.life = pod.count().calls().life();
    this.began = now;
    this.paceAt = now;
    this.paths = new ArrayList<>(paths);
  }

  boolean isOf(OpenPod state) {
    return pod == state && life == state.count().calls().life();
  }

  OpenPod pod() {
    return pod;
  }

  OwnCalls calls() {
    return pod.count().calls();
  }

  /**
   * Lets time go on.
   *
   * @param pace calls a second
   * @param withVisitors whether visitors are sent to the pod too: they come first
   */
  void pace(long now, double pace, boolean withVisitors) {
    perSecond = pace;
    shared = withVisitors;
    double most = Math.max(1, perSecond * IN_FLIGHT_SECONDS);
    due = Math.min(most, due + perSecond * Math.max(0, now - paceAt) / 1000);
    paceAt = now;
  }

  /** The call that is due now; null for none. */
  @Nullable Call begin(long now) {
    int most = Math.max(IN_FLIGHT_LEAST, (int) Math.ceil(perSecond * IN_FLIGHT_SECONDS));
    boolean busy = shared ? inFlight > 0 || pod.load().inFlight() > 0 : inFlight >= most;
    if (busy || due < 1 || now < pausedUntil || paths.isEmpty()) {
      return null;
    }
    due--;
    inFlight++;
    int number = begun++;
    return new Call(paths.get(number % paths.size()), number);
  }

  /**
   * Takes in how a call ended.
   *
   * @param usual time of the answers of warm pods, in microseconds; 0 while unknown
   * @return whether its path is now given up on this pod
   */
  boolean end(Call call, PodCaller.Answer answer, long now, long usual) {
    inFlight--;
    if (answer.trouble() == null) {
      failures.remove(call.path());
      still.add(answer.micros(), usual);
      pod.count().warmed();
      calls().still(still.isReached());
      return false;
    }
    if (!answer.connected()) {
      // A pod that does not run says nothing of the path; others find out what is wrong with it.
      pausedUntil = now + PAUSE_MILLIS;
      return false;
    }
    boolean gone = failsAgain(call) && paths.remove(call.path());
    if (paths.isEmpty()) {
      calls().giveUp();
    }
    return gone;
  }

  /**
   * Whether that was one failure too many. All calls that were under way when a pod stalled or died
   * are one failure: they say the same thing.
   */
  private boolean failsAgain(Call call) {
    Failing was = failures.getOrDefault(call.path(), new Failing(0, 0));
    if (call.number() < was.begun()) {
      return false;
    }
    failures.put(call.path(), new Failing(was.inARow() + 1, begun));
    return was.inARow() + 1 >= FAILURES_MOST;
  }

  /** The story so far. */
  WarmUpStory story(long now) {
    return new WarmUpStory(
        pod.pod(), calls().told().answers(), now - began, still.first(), still.last());
  }
}
