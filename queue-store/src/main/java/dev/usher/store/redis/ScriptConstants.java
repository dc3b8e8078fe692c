package dev.usher.store.redis;

import static java.util.Map.entry;

import dev.usher.store.Bits;
import dev.usher.store.Queue;
import dev.usher.store.upstream.LiveStore;
import dev.usher.store.upstream.MoveStore;
import dev.usher.store.upstream.NoteStore;
import dev.usher.store.upstream.ProofStore;
import dev.usher.store.upstream.SlotStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Constants that both stores go by, as the scripts call them: declared once, in Java. */
final class ScriptConstants {
  private static final Map<String, Long> ALL =
      new TreeMap<>(
          Map.ofEntries(
              entry("PRESENCE_WINDOWS", (long) Queue.PRESENCE_WINDOWS),
              entry("SESSION_WINDOWS", (long) Queue.SESSION_WINDOWS),
              entry("CHUNK_BITS", (long) Bits.CHUNK),
              entry("CHUNK_BYTES", (long) Bits.CHUNK_BYTES),
              entry("KEEP_MS", ms(Queue.KEPT)),
              entry("GAP", Queue.GAP),
              entry("SPAN_MAX", Queue.SPAN_MAX),
              entry("OUTAGE_MS", ms(Queue.UNASKED_MAX)),
              entry("SPARE", (long) Queue.SPARE),
              entry("CROWD", (long) Queue.CROWD),
              entry("OUTAGE_MAX_MS", ms(Queue.OUTAGE_MAX)),
              entry("STEADY_SHARE", (long) Queue.STEADY_SHARE),
              entry("BACK_SHARE", (long) Queue.BACK_SHARE),
              entry("HIDDEN_SHARE", (long) Queue.HIDDEN_SHARE),
              entry("LEASE_MS", ms(SlotStore.LEASE)),
              entry("BACK_MS", ms(SlotStore.BACK)),
              entry("LEARNING_MS", ms(SlotStore.LEARNING)),
              entry("PROVEN_KEPT_MS", ms(ProofStore.KEPT)),
              entry("VERSIONS_MOST", (long) ProofStore.VERSIONS_MOST),
              entry("WORK_KEPT_MS", ms(ProofStore.WORK_KEPT)),
              entry("LEARNT_KEPT_MS", ms(ProofStore.LEARNT_KEPT)),
              entry("NOTE_KEPT_MS", ms(NoteStore.NOTE_KEPT)),
              entry("LIVE_KEPT_MS", ms(LiveStore.LIVE_KEPT)),
              entry("RECORD_MAX", (long) LiveStore.RECORD_MAX),
              entry("MOVED_MAX", (long) MoveStore.MOVED_MAX),
              entry("MOVES_TOLD_MAX", (long) MoveStore.TOLD_MAX),
              entry("MOVES_SCALE", (long) MoveCalls.SCALE)));

  private ScriptConstants() {}

  private static long ms(Duration time) {
    return time.toMillis();
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  /** Lua that declares those that occur in this text. */
  static String lua(String text) {
    StringBuilder lua = new StringBuilder();
    ALL.forEach(
        (name, value) -> {
          if (Pattern.compile("\\b" + name + "\\b").matcher(text).find()) {
            lua.append("local ").append(name).append(" = ").append(value).append('\n');
          }
        });
    return lua.toString();
  }
}
