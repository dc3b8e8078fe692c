package dev.usher.helm.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks once whether there is a cluster that answers, and says so loudly when there is none. */
final class ClusterAnswers implements ExecutionCondition {
  private static @Nullable String missing;
  private static boolean looked;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String why = missing();
    if (why == null) {
      return ConditionEvaluationResult.enabled("the cluster answers");
    }
    System.out.println(
        "\n*** SKIPPED, NOTHING IS PROVEN ON KUBERNETES: "
            + why
            + "; tests that need a cluster do not run ***\n");
    if (Boolean.getBoolean("usher.cluster.required")) {
      throw new AssertionError("A cluster is required but " + why);
    }
    return ConditionEvaluationResult.disabled(why);
  }

  private static synchronized @Nullable String missing() {
    if (!looked) {
      missing = look();
      looked = true;
    }
    return missing;
  }

  private static @Nullable String look() {
    if (System.getenv().getOrDefault("KUBECONFIG", "").isBlank()) {
      return "KUBECONFIG names no cluster";
    }
    try {
      Kube.client().namespaces().withName("default").get();
      return null;
    } catch (KubernetesClientException e) {
      return "the cluster of KUBECONFIG does not answer: " + e.getMessage();
    }
  }
}
