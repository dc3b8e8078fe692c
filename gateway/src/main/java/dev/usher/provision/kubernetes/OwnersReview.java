package dev.usher.provision.kubernetes;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Who besides the autoscaler writes the fields that say how many pods there are. */
final class OwnersReview {
  /** Autoscalers and Usher itself, for whom the fields are there. */
  private static final List<String> MEANT =
      List.of("kube-controller-manager", "keda", "keda-operator", "usher");

  private static final String ARGO = "argocd";

  private OwnersReview() {}

  /** Somebody who owns a field, as the API's {@code managedFields} say. */
  private record Owner(String manager, boolean applies) {
    /** Argo CD owns what it has made until another writes it, also a field that it skips. */
    boolean isArgo() {
      return manager.contains(ARGO);
    }

    /** Whether it writes its value again and again, whoever changed it. */
    boolean insists() {
      return applies || isArgo();
    }

    @Override
    public String toString() {
      return manager;
    }
  }

  /** Of the workload whose size an autoscaler is to say. */
  static ScalerVerdict ofSize(Scalers.Workload workload, JsonObject object) {
    ScalerVerdict verdict = new ScalerVerdict(Fields.named(workload.kind(), object));
    for (Owner owner : owners(object, "replicas")) {
      if (owner.isArgo()) {
        verdict.note(
            "spec.replicas is %s's, until the autoscaler first writes it: let it skip the field, as"
                + " docs/scaling.md says, or it puts the size back",
            owner);
      } else if (owner.applies()) {
        // Also beside an autoscaler: of a field that they share each apply puts its value back.
        verdict.wrong(
            "spec.replicas must be its autoscaler's alone but is %s's too, which puts it back at"
                + " its next apply: leave it out of what is applied once its autoscaler has set it,"
                + " or it goes back to 1, as docs/scaling.md says",
            owner);
      } else {
        verdict.note(
            "spec.replicas was last written by %s: if that applies it again, it puts the size back",
            owner);
      }
    }
    return verdict;
  }

  /**
   * Of the least size of an object.
   *
   * @param raises whether Usher may raise it
   */
  static void ofLeast(JsonObject object, String field, boolean raises, ScalerVerdict verdict) {
    List<Owner> owners = owners(object, field);
    if (owners.size() > 1) {
      verdict.note(
          "spec.%s has several owners, %s: each undoes what another writes",
          field, String.join(" and ", owners.stream().map(Owner::toString).toList()));
    } else if (raises && !owners.isEmpty() && owners.get(0).insists()) {
      verdict.note(
          "spec.%s is %s's: while Usher has raised it, its apply is refused, or puts it back; let"
              + " it skip the field, as docs/scaling.md says",
          field, owners.get(0));
    }
  }

  private static List<Owner> owners(JsonObject object, String field) {
    return Fields.all(Fields.in(object, "metadata"), "managedFields").stream()
        .filter(entry -> Fields.in(entry, "fieldsV1", "f:spec").containsKey("f:" + field))
        .map(
            entry ->
                new Owner(
                    Fields.text(entry, "manager"), Fields.text(entry, "operation").equals("Apply")))
        .filter(owner -> !MEANT.contains(owner.manager()))
        .distinct()
        .toList();
  }
}
