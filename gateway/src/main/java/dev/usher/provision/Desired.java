package dev.usher.provision;

import dev.usher.words.EnumWords;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many pods an upstream should have, and why.
 *
 * @param desired the number told to whoever adds pods
 * @param needed the pods that are wanted; {@code desired} is more if an autoscaler would ignore so
 *     small a difference
 * @param terms how many pods each part of the demand needs
 * @param reason which of them decided
 * @param until when what the schedule wants changes next, in milliseconds since 1970; 0 for never
 * @param pods the pods that exist
 * @param learnt what the next leader goes on from
 */
public record Desired(
    int desired, int needed, Terms terms, Reason reason, long until, Pods pods, Learnt learnt) {
  private static final String FORM = "1";
  private static final int WORDS = 13;

  /** What decided. Its name in lower case is what is shown. */
  public enum Reason {
    /** The visitors who wait. */
    QUEUE,
    /** What the schedule holds. */
    SCHEDULE,
    /** The visitors who are inside. */
    SESSIONS,
    /** Fewer would do, but this many are always asked for. */
    MIN,
    /** More would be needed, but no more are ever asked for. */
    MAX,
    /** More would be asked for, but the last ones added no capacity. */
    PODS_ADD_NO_CAPACITY
  }

  /**
   * The needs in pods.
   *
   * @param queue for the visitors who wait
   * @param schedule for what is to come
   * @param sessions for the visitors who are inside
   */
  public record Terms(int queue, int schedule, int sessions) {}

  /**
   * The pods that exist.
   *
   * @param ready pods that requests are sent to
   * @param known all pods, ready or not
   * @param shortSeconds how long there have been fewer than needed, and none was added
   */
  public record Pods(int ready, int known, long shortSeconds) {}

  /**
   * What was learnt, and follows measurements slowly.
   *
   * @param trust the part of what is declared of a pod that is believed
   * @param sessionSeconds the length of a session in seconds
   */
  public record Learnt(double trust, double sessionSeconds) {}

  /** Pods that would be asked for as well, had the last ones that came added capacity. */
  public int heldBack() {
    // Where the configuration's limit decides, no growth would be seen anyway.
    return reason == Reason.MAX
        ? 0
        : Math.max(0, Math.max(terms.queue(), terms.sessions()) - needed);
  }

  /** All of it as one line of text. */
  String text() {
    return String.join(
        " ",
        FORM,
        String.valueOf(desired),
        String.valueOf(needed),
        String.valueOf(terms.queue()),
        String.valueOf(terms.schedule()),
        String.valueOf(terms.sessions()),
        EnumWords.lower(reason),
        String.valueOf(until),
        String.valueOf(pods.ready()),
        String.valueOf(pods.known()),
        String.valueOf(pods.shortSeconds()),
        String.valueOf(learnt.trust()),
        String.valueOf(learnt.sessionSeconds()));
  }

  /**
   * Reads what {@link #text} wrote; null if it was written by a version that writes it differently.
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
