package dev.usher.helm.proof;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link World} of the run. Where no cluster answers they are skipped, and it
 * says so loudly; with {@code -Dusher.cluster.required=true} that is a failure.
 */
final class Answering implements ExecutionCondition, ParameterResolver {
  private static @Nullable String trouble;
  private static boolean asked;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String why = trouble();
    if (why == null) {
      return ConditionEvaluationResult.enabled("a cluster answers");
    }
    if (Boolean.getBoolean("usher.cluster.required")) {
      throw new IllegalStateException("A cluster is required, but " + why);
    }
    return ConditionEvaluationResult.disabled(why);
  }

  private static synchronized @Nullable String trouble() {
    if (!asked) {
      asked = true;
      trouble = ask();
      if (trouble != null) {
        System.out.println("\n==== NOTHING IS PROVEN ON A CLUSTER: " + trouble + " ====\n");
      }
    }
    return trouble;
  }

  private static @Nullable String ask() {
    String file = System.getenv("KUBECONFIG");
    if (file == null || file.isBlank()) {
      return "KUBECONFIG names no cluster";
    }
    try (KubernetesClient client = World.client(file)) {
      System.out.println("cluster: " + client.getKubernetesVersion().getGitVersion());
      return null;
    } catch (KubernetesClientException e) {
      return "the API server that KUBECONFIG=" + file + " names does not answer: " + e.getMessage();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(World.class))
        .getOrComputeIfAbsent(World.class, key -> World.begin(), World.class);
  }
}
