package dev.usher.store.redis;

import dev.usher.store.Bits;
import dev.usher.store.Line;
import dev.usher.store.redis.link.ScriptReply;
import java.util.HashMap;
import java.util.Map;

/** The line, as {@code line.lua} answers it. */
final class LineAnswer {
  /** What comes before the bits. */
  private static final int FIXED = 14;

  private LineAnswer() {}

  static Line read(ScriptReply r) {
    if ("none".equals(r.word(0))) {
      return Line.unknown(r.number(2));
    }
    View view = View.in(r);
    int chunks = view.high() - view.low() + 1;
    Map<Long, Bits> leftBefore = new HashMap<>();
    int at = FIXED + 2 * chunks;
    for (View.OldEpoch old : view.older()) {
      int count = old.high() - old.low() + 1;
      leftBefore.put(old.epoch(), r.bits(at, old.low(), count));
      at += count;
    }
    return new Line(
        view.epoch(),
        RedisQueueStore.LANE,
        view.issued(),
        view.called(),
        r.number(2),
        r.number(9) == 0 ? Line.EVERYONE : r.number(9),
        r.count(3) == 1,
        r.bits(FIXED, view.low(), chunks),
        r.bits(FIXED + chunks, view.low(), chunks),
        leftBefore,
        new Line.Counts(
            r.number(4),
            r.number(5),
            r.number(6),
            r.number(7),
            view.span(),
            r.number(10),
            r.number(13)),
        view.recovery().during(cutOff(r)),
        r.number(8));
  }

  private static Line.CutOff cutOff(ScriptReply r) {
    return r.number(11) == 0 ? Line.CutOff.NONE : new Line.CutOff(r.number(11), r.number(12));
  }
}
