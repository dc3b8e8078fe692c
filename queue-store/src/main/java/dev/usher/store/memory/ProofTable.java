package dev.usher.store.memory;

import dev.usher.store.upstream.ProofStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which versions of one upstream's pods have proven what they bear, inside the process. */
final class ProofTable {
  private static final Comparator<Map.Entry<String, Long>> NEWEST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final Map<String, Long> notedAt = new HashMap<>();

  ProofTable() {}

  ProofTable(ProofTable other) {
    notedAt.putAll(other.notedAt);
  }

  Set<String> proven(@Nullable String version, long now) {
    if (version != null) {
      notedAt.put(version, now);
    }
    notedAt.values().removeIf(at -> now - at > ProofStore.KEPT.toMillis());
    Set<String> newest =
        notedAt.entrySet().stream()
            .sorted(NEWEST_FIRST)
            .limit(ProofStore.VERSIONS_MOST)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    notedAt.keySet().retainAll(newest);
    return newest;
  }
}
