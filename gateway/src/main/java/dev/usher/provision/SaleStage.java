package dev.usher.provision;

import dev.usher.sale.SaleEvent;
import dev.usher.words.EnumWords;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an event, from which every replica can go on.
 *
 * @param key the event's key
 * @param phase its phase
 * @param pods pods wanted for it
 * @param since when that last changed, in milliseconds since 1970
 * @param emptySince since when nobody has waited, in milliseconds since 1970; 0 while somebody
 *     does. While pods are given up it says that this is why; 0 if that is for another reason
 * @param size the size of the event that the pods are for, as its word, by which an edit is seen
 * @param askedAt when the last of the pods were asked for, in milliseconds since 1970; 0 if none
 *     are, or that is not known
 */
public record SaleStage(
    String key, Phase phase, int pods, long since, long emptySince, String size, long askedAt) {
  private static final int WORDS = 6;
  private static final String NO_SIZE = "-";
  private static final String ASKED = "asked";

  /** The phases of an event, in their order. Their names in lower case are what is shown. */
  public enum Phase {
    /** It is to come. */
    PLANNED,
    /** Its pods are asked for. */
    RAISING,
    /** People are let in. */
    OPEN,
    /** It is over, or gone from the configuration: pods are given up step by step. */
    LOWERING,
    /** Nothing is wanted for it any more. */
    DONE,
    /**
     * Its opening was found to be long past: what would be done blindly waits for an operator's
     * word. People are let in at what is ready, and those who wait have pods asked for.
     */
    LATE
  }

  static SaleStage planned(String key) {
    return new SaleStage(key, Phase.PLANNED, 0, 0, 0, NO_SIZE, 0);
  }

  /** The same event in this phase. */
  SaleStage in(Phase then, int wanted, long now) {
    long asked = wanted > pods ? now : wanted == 0 ? 0 : askedAt;
    return new SaleStage(key, then, wanted, now, 0, size, asked);
  }

  /** The same with pods for an event of this size. */
  SaleStage sized(int wanted, String word) {
    return new SaleStage(key, phase, wanted, since, emptySince, word, askedAt);
  }

  /** The same with nobody waiting since then; 0 while somebody does. */
  SaleStage empty(long then) {
    return new SaleStage(key, phase, pods, since, then, size, askedAt);
  }

  /** Whether the event has another size in the file than its pods are for. */
  boolean isEdited(SaleEvent event) {
    return !size.equals(event.size().word());
  }

  /** The day of the event, as in its key. */
  String day() {
    return key.substring(key.lastIndexOf('@') + 1);
  }

  /** Whether its pods are wanted. */
  boolean wantsPods() {
    return phase == Phase.RAISING || phase == Phase.OPEN;
  }

  String text() {
    return String.join(
        " ",
        key,
        EnumWords.lower(phase),
        String.valueOf(pods),
        String.valueOf(since),
        String.valueOf(emptySince),
        size);
  }

  /**
   * When its pods were asked for, as a text of its own, for a replica of an earlier version skips
   * what has not as many words as it expects; "" if that is not known.
   */
  String askedText() {
    return askedAt == 0 ? "" : String.join(" ", ASKED, key, String.valueOf(askedAt));
  }

  /** The same with what this text says of when its pods were asked for; of another's, nothing. */
  SaleStage asked(String text) {
    String before = ASKED + " " + key + " ";
    try {
      return text.startsWith(before)
          ? askedAt(Long.parseLong(text.substring(before.length())))
          : this;
    } catch (NumberFormatException e) {
      return this;
    }
  }

  private SaleStage askedAt(long then) {
    return new SaleStage(key, phase, pods, since, emptySince, size, then);
  }

  /** Reads what {@link #text} wrote; null if it cannot be read. */
  static @Nullable SaleStage parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS) {
      return null;
    }
    try {
      Phase phase = Phase.valueOf(words[1].toUpperCase(Locale.ROOT));
      long since = Long.parseLong(words[3]);
      return new SaleStage(
          words[0],
          phase,
          Integer.parseInt(words[2]),
          since,
          Long.parseLong(words[4]),
          words[5],
          phase == Phase.RAISING ? since : 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
