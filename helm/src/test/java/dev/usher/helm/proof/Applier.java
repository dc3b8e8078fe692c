package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Whoever applies manifests server-side in a namespace, as Helm 4, Flux and Argo CD do.
 *
 * @param manager the name by which it owns fields
 */
record Applier(KubernetesClient client, String namespace, String manager) {
  /** Who applies the shops' manifests. */
  static final String HELM = "helm";

  /** Applies; refused where somebody else owns a field with another value. */
  void apply(String yaml) {
    for (HasMetadata each : client.load(stream(yaml)).items()) {
      var unused =
          client.resource(each).inNamespace(namespace).fieldManager(manager).serverSideApply();
    }
  }

  /** The same, whoever else owns the fields. */
  void force(String yaml) {
    for (HasMetadata each : client.load(stream(yaml)).items()) {
      var unused =
          client
              .resource(each)
              .inNamespace(namespace)
              .fieldManager(manager)
              .forceConflicts()
              .serverSideApply();
    }
  }

  private static ByteArrayInputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
