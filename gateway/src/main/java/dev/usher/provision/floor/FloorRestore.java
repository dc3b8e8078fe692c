package dev.usher.provision.floor;

import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorStep.Rest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives everything back at once, for who takes Usher away. Blocks. */
public final class FloorRestore {
  private final Cluster cluster;
  private final Set<String> namespaces;
  private final String usher;

  /**
   * What was found in one round.
   *
   * @param done a sentence for each object that was given back
   * @param left a sentence for each that is still to be
   */
  public record Round(List<String> done, List<String> left) {}

  /**
   * @param namespaces where to look
   * @param usher whose floors, "" for those of any
   */
  public FloorRestore(Cluster cluster, Set<String> namespaces, String usher) {
    this.cluster = cluster;
    this.namespaces = namespaces;
    this.usher = usher;
  }

  /**
   * Takes the right to raise floors away from a running Usher, or it would raise them again.
   *
   * @param binding the RoleBinding's name; one that is gone already is no trouble
   */
  public void revoke(String binding) {
    for (String namespace : namespaces) {
      cluster.client().rbac().roleBindings().inNamespace(namespace).withName(binding).delete();
    }
  }

  /** Gives back all that it finds. */
  public Round round(long now) {
    List<String> done = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String namespace : namespaces) {
      FloorApi api = new FloorApi(cluster.client(), namespace);
      try {
        for (Live live : api.noted()) {
          if (isMeant(live)) {
            String why = give(api, live, now);
            (why == null ? done : left).add(live.named() + (why == null ? "" : ": " + why));
          }
        }
      } catch (KubernetesClientException e) {
        left.add("namespace " + namespace + " was not looked at: " + e.getMessage());
      }
    }
    return new Round(List.copyOf(done), List.copyOf(left));
  }

  /** Null if it was given back, else why not. */
  private static @Nullable String give(FloorApi api, Live found, long now) {
    Live live = found;
    try {
      FloorStep step = FloorDecision.giveBack(live, now);
      while (!(step instanceof Rest)) {
        Live before = live;
        live = api.make(step, live, false);
        FloorLog.made("", before, step);
        step = FloorDecision.giveBack(live, now);
      }
      FloorNews.Trouble trouble = FloorTrouble.of(step.standing(), live, Wanted.NOTHING);
      return trouble == null ? null : trouble.problem() + ": " + trouble.fix();
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private boolean isMeant(Live live) {
    FloorNote note = live.note();
    return usher.isEmpty() || note == null || note.by().usher().equals(usher);
  }
}
