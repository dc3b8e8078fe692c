package dev.usher.provision.floor;

import dev.usher.provision.kubernetes.Fields;
import dev.usher.provision.kubernetes.Scalers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of one namespace that say how many pods there are. Each question blocks. */
final class FloorApi {
  /** What may have an annotation of Usher's. */
  private static final List<ResourceDefinitionContext> KINDS =
      List.of(Scalers.SCALED_OBJECTS, Scalers.HPAS, Scalers.DEPLOYMENTS, Scalers.STATEFUL_SETS);

  private final KubernetesClient client;
  private final String namespace;
  private final Scalers scalers;

  FloorApi(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.scalers = new Scalers(client, namespace);
  }

  String namespace() {
    return namespace;
  }

  /**
   * Whoever says how many pods of the service there are, foremost first; empty if nobody does. What
   * scales a Deployment comes before it, for its own size is then nobody's to set.
   */
  List<Live> owners(String service) {
    Scalers.Workload workload = scalers.workload(service);
    if (workload == null) {
      return List.of();
    }
    List<Live> owners = new ArrayList<>();
    Scalers.of(workload, scalers.all(Scalers.SCALED_OBJECTS))
        .forEach(object -> owners.add(new Live(object)));
    Scalers.of(workload, scalers.all(Scalers.HPAS)).stream()
        .filter(hpa -> Scalers.ownedBy(hpa).isEmpty())
        .forEach(hpa -> owners.add(new Live(hpa)));
    if (owners.isEmpty() && known(workload.apiVersion(), workload.kind()) == null) {
      return List.of(); // What Usher raised there nobody would find again, to give it back.
    }
    if (owners.isEmpty()) {
      Live itself = get(workload.apiVersion(), workload.kind(), workload.name());
      return itself == null ? List.of() : List.of(itself);
    }
    return List.copyOf(owners);
  }

  /** The object as it is now; null if it is gone. */
  @Nullable Live again(Live live) {
    return get(Fields.text(live.object(), "apiVersion"), live.kind(), live.meta("name"));
  }

  /** The HPA that KEDA made of a ScaledObject; of others, the object itself. Null for none. */
  @Nullable JsonObject counting(Live live) {
    if (live.fields() != SizeFields.SCALED_OBJECT) {
      return live.object();
    }
    String hpa = Fields.text(Fields.in(live.object(), "status"), "hpaName");
    Live made = hpa.isEmpty() ? null : get("autoscaling/v2", "HorizontalPodAutoscaler", hpa);
    return made == null ? null : made.object();
  }

  /** All objects with an annotation of Usher's, of the kinds that whoever asks may list. */
  List<Live> noted() {
    List<Live> noted = new ArrayList<>();
    int refused = 0;
    for (ResourceDefinitionContext kind : KINDS) {
      try {
        for (JsonObject object : scalers.all(kind)) {
          Live live = new Live(object.copy().put("kind", kind.getKind()));
          // KEDA copies annotations of its object to its HPA.
          if (live.hasNote() && Scalers.ownedBy(object).isEmpty()) {
            noted.add(live);
          }
        }
      } catch (KubernetesClientException e) {
        // Of a kind that it may not even list, Usher has raised none.
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || ++refused == KINDS.size()) {
          throw e;
        }
      }
    }
    return noted;
  }

  /** What may be raised, because it is found again by its annotation; null for anything else. */
  static @Nullable ResourceDefinitionContext known(String apiVersion, String kind) {
    return KINDS.stream()
        .filter(each -> each.getKind().equals(kind))
        .filter(each -> apiVersion.startsWith(each.getGroup() + "/"))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Live get(String apiVersion, String kind, String name) {
    GenericKubernetesResource found = resource(apiVersion, kind, name).get();
    return found == null ? null : new Live(scalers.json(found));
  }

  private Resource<GenericKubernetesResource> resource(
      String apiVersion, String kind, String name) {
    ResourceDefinitionContext known = known(apiVersion, kind);
    return (known == null
            ? client.genericKubernetesResources(apiVersion, kind)
            : client.genericKubernetesResources(known))
        .inNamespace(namespace)
        .withName(name);
  }

  /**
   * Makes one step, or only tries it.
   *
   * @return the object after it
   */
  Live make(FloorStep step, Live live, boolean dry) {
    String patch = step.patch(live);
    if (patch == null) {
      return live;
    }
    PatchContext.Builder how =
        new PatchContext.Builder()
            .withPatchType(
                step instanceof FloorStep.Release ? PatchType.JSON : PatchType.JSON_MERGE)
            .withFieldManager(Ownership.USHER);
    if (dry) {
      how.withDryRun(List.of("All"));
    }
    String version = Fields.text(live.object(), "apiVersion");
    return new Live(
        scalers.json(resource(version, live.kind(), live.meta("name")).patch(how.build(), patch)));
  }

  /** Whether a failure means that somebody changed the object meanwhile: look again. */
  static boolean isStale(KubernetesClientException failure) {
    return failure.getCode() == HttpURLConnection.HTTP_CONFLICT
        || failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || String.valueOf(failure.getMessage()).contains("test failed");
  }
}
