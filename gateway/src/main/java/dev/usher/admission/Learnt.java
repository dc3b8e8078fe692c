package dev.usher.admission;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What the leader has learnt of the pods and their visitors, for the replicas that follow it and
 * for the next leader.
 *
 * @param of which pods this was learnt of, and what was declared of them: it does not apply to
 *     others
 * @param correction see {@link Figures#correction}
 * @param learned see {@link Figures#learned}
 * @param cause why the correction is below 1
 * @param slowed whether the pods were ever too slow, or failed
 * @param sinceCutSeconds how long ago the correction was cut, at most a day
 * @param baselineSeconds see {@link Figures#baselineSeconds}
 * @param perSettled requests a second of a session older than five seconds
 * @param perSession requests a second of a session of any age
 * @param first requests of a session in its first five seconds
 */
public record Learnt(
    String of,
    double correction,
    double learned,
    Cause cause,
    boolean slowed,
    double sinceCutSeconds,
    double baselineSeconds,
    double perSettled,
    double perSession,
    double first) {
  private static final String FORM = "1";
  private static final int WORDS = 4;
  private static final int NUMBERS = 7;

  /** The longest time since a cut that is told; any longer one is told as this. */
  public static final double LONGEST_SECONDS = 86_400;

  /** Why the correction is below 1. */
  public enum Cause {
    NONE,
    UNPROVEN,
    LATENCY,
    ERRORS
  }

  public Learnt {
    if (of.isEmpty() || of.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("of must be one word but was \"" + of + "\"");
    }
  }

  /** All of it as one line of text. */
  public String text() {
    return String.join(" ", FORM, of, cause.name(), String.valueOf(slowed))
        + DoubleStream.of(
                correction,
                learned,
                sinceCutSeconds,
                baselineSeconds,
                perSettled,
                perSession,
                first)
            .mapToObj(number -> " " + number)
            .collect(Collectors.joining());
  }

  /**
   * Reads what {@link #text} wrote; null if it was written by a version that knows other things.
   */
  public static @Nullable Learnt parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS + NUMBERS || !words[0].equals(FORM)) {
      return null;
    }
    try {
      double[] n = Arrays.stream(words).skip(WORDS).mapToDouble(Double::parseDouble).toArray();
      return Arrays.stream(n).allMatch(each -> each >= 0 && each < 1e9)
          ? new Learnt(
              words[1],
              n[0],
              n[1],
              Cause.valueOf(words[2]),
              Boolean.parseBoolean(words[3]),
              n[2],
              n[3],
              n[4],
              n[5],
              n[6])
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
