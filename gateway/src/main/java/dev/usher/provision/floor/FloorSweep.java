package dev.usher.provision.floor;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorStep.Rest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives back what was raised for upstreams that are no longer to have a floor: gone from the file,
 * or switched off, perhaps while no Usher was there. Any replica may, for the object says how far
 * it is, and a change of it is refused to whoever has not seen the last one. Blocks.
 */
public final class FloorSweep {
  /**
   * Time for which an object must be nobody's: a changed file reaches all replicas within about a
   * minute and a half, and until then they disagree.
   */
  static final Duration GRACE = Duration.ofMinutes(3);

  private final Cluster cluster;
  private final Map<String, Long> nobodysSince = new HashMap<>();

  /** Where this Usher has no right to look, and so has raised nothing. */
  private final Set<String> closed = new HashSet<>();

  public FloorSweep(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Looks once.
   *
   * @param namespaces where to look
   * @param kept those who look after their own floor, each as {@link #key} says
   */
  public void look(Set<String> namespaces, Set<String> kept, long now) {
    Set<String> seen = new HashSet<>();
    for (String namespace : namespaces) {
      closed.removeIf(each -> kept.stream().anyMatch(own -> own.startsWith(each + "/")));
      if (!closed.contains(namespace)) {
        look(new FloorApi(cluster.client(), namespace), kept, seen, now);
      }
    }
    nobodysSince.keySet().retainAll(seen);
  }

  private void look(FloorApi api, Set<String> kept, Set<String> seen, long now) {
    try {
      for (Live live : api.noted()) {
        FloorNote note = live.note();
        boolean ours = note != null && note.by().usher().equals(cluster.usher());
        if (note != null && ours && !kept.contains(key(api.namespace(), note.by().upstream()))) {
          seen.add(live.meta("uid"));
          long since = nobodysSince.computeIfAbsent(live.meta("uid"), uid -> now);
          if (Math.abs(now - since) >= GRACE.toMillis()) {
            giveBack(api, live, note, now);
          }
        }
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        closed.add(api.namespace());
      }
      // Else another replica was first, or the API is away: the next look finds what is left.
    }
  }

  private static void giveBack(FloorApi api, Live found, FloorNote note, long now) {
    FloorNote.By by = note.by();
    FloorTurn turn = new FloorTurn(by.usher(), by.upstream(), by.fence(), now);
    Live live = found;
    FloorStep step = FloorDecision.of(Wanted.NOTHING, live, turn);
    while (!(step instanceof Rest)) {
      Live before = live;
      live = api.make(step, live, false);
      FloorLog.made(by.upstream(), before, step);
      step = FloorDecision.of(Wanted.NOTHING, live, turn);
    }
  }

  /** What an upstream with a floor of its own is known by. */
  public static String key(String namespace, String upstream) {
    return namespace + "/" + upstream;
  }
}
