package dev.usher.provision.floor;

import dev.usher.pods.kubernetes.ApiTrouble;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorNews.Trouble;
import dev.usher.provision.floor.FloorStep.Rest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Where this Usher has no right to look, and so raises nothing. */
  private final Set<String> closed = new HashSet<>();

  /** What keeps an object, by its uid, or a namespace from being swept; said once. */
  private final Map<String, FloorLog> logs = new HashMap<>();

  public FloorSweep(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Looks once.
   *
   * @param namespaces where to look
   * @param raised those of them where this Usher raised something, as far as is known
   * @param kept those who look after their own floor, each as {@link #key} says
   * @return the namespaces where nothing is left to give back
   */
  public Set<String> look(Set<String> namespaces, Set<String> raised, Set<String> kept, long now) {
    Set<String> seen = new HashSet<>();
    Set<String> done = new HashSet<>();
    closed.removeIf(each -> raised.contains(each) || isKept(each, kept));
    for (String namespace : namespaces) {
      if (closed.contains(namespace)) {
        done.add(namespace);
        continue;
      }
      try {
        if (look(new FloorApi(cluster.client(), namespace), kept, seen, now)) {
          done.add(namespace);
        }
        logs.remove(namespace);
      } catch (KubernetesClientException e) {
        // Where something was raised, the right may come back.
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && !raised.contains(namespace)) {
          closed.add(namespace);
          done.add(namespace);
        }
        // A keeper tells itself what it may not do.
        if (raised.contains(namespace) && !isKept(namespace, kept)) {
          tell(namespace, "", null, unswept(e, namespace));
        }
      }
    }
    nobodysSince.keySet().retainAll(seen);
    logs.keySet().removeIf(key -> !seen.contains(key) && !namespaces.contains(key));
    return done;
  }

  private static boolean isKept(String namespace, Set<String> kept) {
    return kept.stream().anyMatch(own -> own.startsWith(key(namespace, "")));
  }

  /** Returns whether nothing is left to do there. */
  private boolean look(FloorApi api, Set<String> kept, Set<String> seen, long now) {
    boolean done = true;
    for (Live live : api.noted()) {
      FloorNote note = live.note();
      boolean ours = note != null && note.by().usher().equals(cluster.usher());
      if (note != null && ours && !kept.contains(key(api.namespace(), note.by().upstream()))) {
        String uid = live.meta("uid");
        seen.add(uid);
        done = false;
        long since = nobodysSince.computeIfAbsent(uid, first -> now);
        if (Math.abs(now - since) >= GRACE.toMillis()) {
          tryToGiveBack(api, live, note, now);
        }
      }
    }
    return done;
  }

  private void tryToGiveBack(FloorApi api, Live live, FloorNote note, long now) {
    try {
      giveBack(api, live, note, now);
      logs.remove(live.meta("uid"));
    } catch (KubernetesClientException e) {
      // Else another replica was first: the next look finds what is left.
      if (!FloorApi.isStale(e)) {
        Trouble trouble = unswept(e, api.namespace());
        tell(live.meta("uid"), note.by().upstream(), live, trouble);
      }
    }
  }

  private void tell(String key, String upstream, @Nullable Live live, Trouble trouble) {
    logs.computeIfAbsent(key, first -> new FloorLog())
        .stands(upstream, FloorNews.of(FloorStanding.REFUSED, live, trouble));
  }

  private static Trouble unswept(KubernetesClientException failure, String namespace) {
    return new Trouble(
        "What Usher raised for an upstream that is gone could not be given back: "
            + ApiTrouble.of(failure).problem(),
        "usher floor restore --namespace "
            + namespace
            + " as somebody who may; nothing, if the chart has done it");
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
