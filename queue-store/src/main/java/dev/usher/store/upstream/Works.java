package dev.usher.store.upstream;

import java.util.Map;

/**
 * What the pods of one upstream have done, and what was learnt from it.
 *
 * @param byPod by the pod's name
 * @param learnt what the leader wrote last, "" when none did
 * @param now the store's time, in milliseconds since 1970
 */
public record Works(Map<String, Work> byPod, String learnt, long now) {
  public Works {
    byPod = Map.copyOf(byPod);
  }
}
