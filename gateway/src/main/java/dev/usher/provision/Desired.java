package dev.usher.provision;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many pods an upstream should have, and why.
 *
 * @param desired what is said to who adds pods
 * @param needed the pods that are wanted; {@code desired} is more where an autoscaler would take no
 *     notice of so small a step
 * @param terms what each of those who need pods needs
 * @param reason which of them decided
 * @param until when what the schedule wants changes next, in milliseconds since 1970; 0 for never
 * @param pods how many there are
 * @param learnt what the next leader goes on from
 */
public record Desired(
    int desired, int needed, Terms terms, Reason reason, long until, Pods pods, Learnt learnt) {
  private static final String FORM = "1";
  private static final int WORDS = 13;

  /** What decided. Its name in small letters is what is shown. */
  public enum Reason {
    /** Those who wait. */
    QUEUE,
    /** What is to come. */
    SCHEDULE,
    /** Those who are inside. */
    SESSIONS,
    /** Fewer would do, but so many are always asked for. */
    MIN,
    /** More would be needed, but no more are ever asked for. */
    MAX,
    /** More would be asked for, but the last ones added no capacity. */
    PODS_ADD_NO_CAPACITY
  }

  /**
   * What each needs, in pods.
   *
   * @param queue those who wait
   * @param schedule what is to come
   * @param sessions those who are inside
   */
  public record Terms(int queue, int schedule, int sessions) {}

  /**
   * The pods that there are.
   *
   * @param ready those that are sent requests
   * @param known all, ready or not
   * @param shortSeconds for how long there have been fewer than needed
   */
  public record Pods(int ready, int known, long shortSeconds) {}

  /**
   * What was learnt and follows measurements slowly.
   *
   * @param trust the part of what is declared of a pod that is believed
   * @param sessionSeconds how long a session lasts
   */
  public record Learnt(double trust, double sessionSeconds) {}

  /** As one line of words. */
  String text() {
    return String.join(
        " ",
        FORM,
        String.valueOf(desired),
        String.valueOf(needed),
        String.valueOf(terms.queue()),
        String.valueOf(terms.schedule()),
        String.valueOf(terms.sessions()),
        reason.name().toLowerCase(Locale.ROOT),
        String.valueOf(until),
        String.valueOf(pods.ready()),
        String.valueOf(pods.known()),
        String.valueOf(pods.shortSeconds()),
        String.valueOf(learnt.trust()),
        String.valueOf(learnt.sessionSeconds()));
  }

  /**
   * Reads what {@link #text} wrote; null when it was written by a version that says it otherwise.
   */
  static @Nullable Desired parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS || !words[0].equals(FORM)) {
      return null;
    }
    try {
      return new Desired(
          Integer.parseInt(words[1]),
          Integer.parseInt(words[2]),
          new Terms(
              Integer.parseInt(words[3]), Integer.parseInt(words[4]), Integer.parseInt(words[5])),
          Reason.valueOf(words[6].toUpperCase(Locale.ROOT)),
          Long.parseLong(words[7]),
          new Pods(
              Integer.parseInt(words[8]), Integer.parseInt(words[9]), Long.parseLong(words[10])),
          new Learnt(Double.parseDouble(words[11]), Double.parseDouble(words[12])));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
