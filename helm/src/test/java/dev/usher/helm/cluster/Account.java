package dev.usher.helm.cluster;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A service account with rights of its own, and the kubeconfig by which one asks as it. */
record Account(String namespace, String name) {
  /** Makes it, with these rights in its namespace. */
  static Account with(String namespace, String name, List<PolicyRule> rules) {
    KubernetesClient client = Kube.client();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withRules(rules)
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", name, namespace)
                .build())
        .create();
    return new Account(namespace, name);
  }

  /** What Usher needs to follow the services of a namespace, as the chart grants it. */
  static Account ofUsher(String namespace) {
    return with(
        namespace,
        "usher",
        List.of(
            rule("", "services", "get"),
            rule("discovery.k8s.io", "endpointslices", "list", "watch"),
            rule("", "pods", "list", "watch")));
  }

  private static PolicyRule rule(String group, String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }

  Path kubeconfig() {
    return kubeconfig(Kube.client().getMasterUrl().toString());
  }

  /** To ask the API at this address. */
  Path kubeconfig(String api) {
    Path file = Gateway.target("kubeconfig-" + name);
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
        users: [{name: u, user: {token: %s}}]
        contexts: [{name: x, context: {cluster: c, user: u, namespace: %s}}]
        current-context: x
        """
            .formatted(api, token(), namespace);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API as this account sees it. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(Kube.client().getConfiguration().getMasterUrl())
        .withTrustCerts(true)
        .withOauthToken(token())
        .build();
  }

  private String token() {
    return Kube.client()
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(name)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }
}
