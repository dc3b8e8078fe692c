package dev.usher.provision.floor;

import dev.usher.pods.kubernetes.ApiTrouble;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.pods.kubernetes.KubernetesOptions;
import dev.usher.provision.Desired;
import dev.usher.provision.Scaling;
import dev.usher.provision.floor.FloorNews.Trouble;
import dev.usher.provision.floor.FloorStep.Rest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the floor of one upstream where it should be, while this replica leads: looks at the object
 * itself each time, and takes nothing for granted that it did before. Blocks, so no tick may wait
 * for it; must be asked by one thread at a time.
 */
public final class FloorKeeper {
  /** How often it is looked who says how many pods there are. */
  private static final long FIND_MILLIS = 60_000;

  /** Most steps of one look: values, ownership, and values anew. */
  private static final int STEPS_MOST = 4;

  private final Cluster cluster;
  private final String upstream;
  private final FloorLog log = new FloorLog();
  private @Nullable Live owner;
  private long foundAt = Long.MIN_VALUE / 2;
  private FloorNews last = FloorNews.of(FloorStanding.ENOUGH, null, null);

  /**
   * For which term this replica leads, and what time it is.
   *
   * @param fence of the lease
   * @param now milliseconds since 1970
   */
  public record Term(long fence, long now) {}

  public FloorKeeper(Cluster cluster, String upstream) {
    this.cluster = cluster;
    this.upstream = upstream;
  }

  /**
   * Looks once, and does what is to be done.
   *
   * @param desired what is wanted; null while that is unknown, and then nothing is done
   */
  public FloorNews step(
      KubernetesOptions service, Scaling scaling, @Nullable Desired desired, Term term) {
    Wanted wanted = Wanted.ofKnown(scaling, desired);
    if (wanted == null) {
      return last;
    }
    FloorApi api = new FloorApi(cluster.client(), cluster.namespaceOf(service));
    boolean dry = scaling.floor() == Scaling.Floor.TRY;
    try {
      FloorTurn turn = new FloorTurn(cluster.usher(), upstream, term.fence(), term.now());
      Live found = find(api, service.service(), turn);
      last = found == null ? nobody(service) : new Look(api, wanted, turn).at(found, dry);
    } catch (KubernetesClientException e) {
      if (FloorApi.isStale(e)) {
        owner = null;
        return last;
      }
      last = refused(e);
    }
    log.stands(upstream, last);
    return last;
  }

  private FloorNews nobody(KubernetesOptions service) {
    return FloorNews.of(
        FloorStanding.NO_OWNER,
        null,
        new Trouble(
            "Nothing is there that says how many pods of service "
                + service.service()
                + " there are",
            "start one pod of the service by a Deployment or a StatefulSet, give whatever else"
                + " makes them an HPA, or set scaling.floor: off"));
  }

  private FloorNews refused(KubernetesClientException failure) {
    ApiTrouble trouble = ApiTrouble.of(failure);
    return FloorNews.of(
        FloorStanding.REFUSED,
        owner,
        new Trouble(
            trouble.problem(),
            trouble.fix()
                + "; scaling.raises of the chart grants it; or set upstreams."
                + upstream
                + ".scaling.floor: off"));
  }

  /** The object as it is now; null if there is none. */
  private @Nullable Live find(FloorApi api, String service, FloorTurn turn) {
    Live known = owner == null ? null : api.again(owner);
    if (known == null || Math.abs(turn.now() - foundAt) >= FIND_MILLIS) {
      List<Live> owners = api.owners(service);
      // One that owned the size before is not to stay raised.
      new Look(api, Wanted.NOTHING, turn).atFormer(owners.isEmpty() ? null : owners.get(0));
      foundAt = turn.now();
      known = owners.isEmpty() ? null : owners.get(0);
    }
    owner = known;
    return known;
  }

  /** One look: whatever the object says now is all that counts. */
  private record Look(FloorApi api, Wanted wanted, FloorTurn turn) {
    FloorNews at(Live found, boolean dry) {
      // What was raised before it was only to be tried goes back.
      Look look = dry && found.hasNote() ? new Look(api, Wanted.NOTHING, turn) : this;
      Live live = found;
      FloorStep step = FloorDecision.of(look.wanted, live, turn);
      for (int i = 0; i < STEPS_MOST && !(step instanceof Rest); i++) {
        if (dry && !found.hasNote()) {
          return FloorNews.of(FloorStanding.TRIED, api.make(step, live, true), null);
        }
        live = look.make(step, live);
        step = FloorDecision.of(look.wanted, live, turn);
      }
      return look.news(step.standing(), live);
    }

    private Live make(FloorStep step, Live live) {
      if (step.standing() == FloorStanding.RAISED || step.standing() == FloorStanding.AT_LIMIT) {
        // Whatever would refuse it does so before anything has changed.
        var unused = api.make(step, live, true);
      }
      Live after = api.make(step, live, false);
      FloorLog.made(turn.upstream(), live, step);
      return after;
    }

    private FloorNews news(FloorStanding standing, Live live) {
      String missing = Effect.missing(live, api.counting(live), turn.now());
      return missing == null
          ? FloorNews.of(standing, live, FloorTrouble.of(standing, live, wanted))
          : FloorNews.of(
              FloorStanding.WITHOUT_EFFECT, live, new Trouble(missing, Effect.fix(live)));
    }

    void atFormer(@Nullable Live owner) {
      for (Live live : api.noted()) {
        FloorNote note = live.note();
        boolean ours =
            note != null
                && note.by().usher().equals(turn.usher())
                && note.by().upstream().equals(turn.upstream());
        if (ours && (owner == null || !owner.meta("uid").equals(live.meta("uid")))) {
          var unused = at(live, false);
        }
      }
    }
  }
}
