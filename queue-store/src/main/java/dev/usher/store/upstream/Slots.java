package dev.usher.store.upstream;

import java.util.Map;
import java.util.TreeMap;

/**
 * Requests in flight, or that may be, on each pod of an upstream.
 *
 * @param byPod how many, at least 1, by the pod's name; none on pods that are not named
 */
public record Slots(Map<String, Integer> byPod) {
  public static final Slots NONE = new Slots(Map.of());

  public Slots {
    byPod.forEach(
        (pod, count) -> {
          // Names and counts stand side by side in the store's text.
          if (pod.isEmpty() || pod.chars().anyMatch(c -> c <= ' ' || c == '|')) {
            throw new IllegalArgumentException(
                "A pod's name must have no space and no | but was \"" + pod + "\"");
          }
          if (count < 1) {
            throw new IllegalArgumentException(
                "The slots of " + pod + " must be at least 1 but were " + count);
          }
        });
    byPod = Map.copyOf(byPod);
  }

  /** Those of these that are at least 1. */
  public static Slots of(Map<String, Integer> counts) {
    Map<String, Integer> some = new TreeMap<>(counts);
    some.values().removeIf(count -> count < 1);
    return new Slots(some);
  }

  /** How many on this pod. */
  public int on(String pod) {
    return byPod.getOrDefault(pod, 0);
  }

  /** The greater of both on each pod. */
  public Slots max(Slots other) {
    Map<String, Integer> greater = new TreeMap<>(byPod);
    other.byPod.forEach((pod, count) -> greater.merge(pod, count, Math::max));
    return new Slots(greater);
  }

  /** Names and counts with a space between any two. */
  public String text() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(byPod)
        .forEach(
            (pod, count) ->
                text.append(text.length() == 0 ? "" : " ").append(pod).append(' ').append(count));
    return text.toString();
  }

  /** Reads what {@link #text} wrote. */
  public static Slots parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    String[] words = text.split(" ", -1);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      counts.put(words[i], Integer.parseInt(words[i + 1]));
    }
    return new Slots(counts);
  }
}
