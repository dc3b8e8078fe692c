package dev.usher.store;

import dev.usher.store.upstream.Sharing;
import dev.usher.store.upstream.Works;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a store answered, as text in which equal answers are equal. */
final class Telling {
  private Telling() {}

  static String of(@Nullable Object answer) {
    if (answer == null) {
      return "";
    }
    if (answer instanceof Line line) {
      return line(line);
    }
    if (answer instanceof MembershipCopy copy) {
      return "epoch "
          + copy.epoch()
          + " claimed "
          + of(copy.claimed())
          + " inside "
          + of(copy.inside());
    }
    if (answer instanceof Sharing sharing) {
      return sharing(sharing);
    }
    if (answer instanceof Set<?> set) {
      return new TreeSet<>(set).toString();
    }
    if (answer instanceof Works works) {
      return new TreeMap<>(works.byPod()) + " " + works.learnt() + " " + works.now();
    }
    return answer.toString();
  }

  private static String line(Line line) {
    StringJoiner text = new StringJoiner(" ");
    text.add("epoch " + line.epoch() + " lane " + line.lane());
    text.add("issued " + line.issued() + " called " + line.called());
    text.add("offered " + line.offered() + " open " + line.open());
    text.add("paused " + line.paused());
    text.add("waiting " + of(line.waiting()) + " left " + of(line.left()));
    TreeMap<Long, String> before = new TreeMap<>();
    line.leftBefore().forEach((epoch, left) -> before.put(epoch, of(left)));
    text.add("leftBefore " + before);
    return text.add(line.counts() + " " + line.recovery() + " time " + line.time()).toString();
  }

  private static String sharing(Sharing told) {
    return new Sharing(
            told.life(),
            told.version(),
            told.learningUntil(),
            told.leads(),
            told.replicas(),
            told.granted(),
            told.holders().stream().sorted(Comparator.comparing(Sharing.Holder::replica)).toList(),
            told.now())
        .toString();
  }

  /** The numbers as ranges. */
  static String of(Bits bits) {
    return of(bits.toBitSet());
  }

  static String of(BitSet numbers) {
    StringJoiner text = new StringJoiner(" ", "{", "}");
    for (int from = numbers.nextSetBit(0); from >= 0; ) {
      int end = numbers.nextClearBit(from);
      text.add(end - from == 1 ? "" + from : from + "-" + (end - 1));
      from = numbers.nextSetBit(end);
    }
    return text.toString();
  }
}
