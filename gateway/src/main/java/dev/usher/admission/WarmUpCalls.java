package dev.usher.admission;

/**
 * How far the calls of one replica have warmed a pod in its present life.
 *
 * @param answers calls that it answered
 * @param still whether its answers no longer get faster
 * @param givenUp whether none of the paths that may be called works
 */
public record WarmUpCalls(long answers, boolean still, boolean givenUp) {
  public static final WarmUpCalls NONE = new WarmUpCalls(0, false, false);
}
