package dev.usher.helm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Usher says when it may not ask the API what it must, and that it asks for nothing more. */
@OnCluster
final class TooNarrowRightsTest {
  private static final String NAMESPACE = "usher-rights";

  /** All that the chart's Role grants. */
  enum Right {
    GET_SERVICES("get", "", "services"),
    LIST_SLICES("list", "discovery.k8s.io", "endpointslices"),
    WATCH_SLICES("watch", "discovery.k8s.io", "endpointslices"),
    LIST_PODS("list", "", "pods"),
    WATCH_PODS("watch", "", "pods");

    final String verb;
    final String group;
    final String resource;

    Right(String verb, String group, String resource) {
      this.verb = verb;
      this.group = group;
      this.resource = resource;
    }

    /** What an operator must be told when it is not granted. */
    String complaint() {
      return "Usher must be allowed to %s %s in namespace %s but is not"
          .formatted(verb, group.isEmpty() ? resource : resource + "." + group, NAMESPACE);
    }

    PolicyRule rule() {
      return new PolicyRuleBuilder()
          .withVerbs(verb)
          .withApiGroups(group)
          .withResources(resource)
          .build();
    }

    String account() {
      return "without-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @BeforeAll
  static void accountsEachWithoutOneRight() {
    Kube.restricted(NAMESPACE);
    Kube.client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("shop")
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "shop")
                .addNewPort()
                .withName("http")
                .withPort(80)
                .endPort()
                .endSpec()
                .build())
        .create();
    for (Right missing : Right.values()) {
      Account.with(NAMESPACE, missing.account(), allBut(missing));
    }
  }

  @AfterAll
  static void nothingStays() {
    Kube.remove(NAMESPACE);
  }

  @ParameterizedTest
  @EnumSource
  void theMissingRightIsNamedBeforehandAndInTheLog(Right missing) throws Exception {
    Account account = new Account(NAMESPACE, missing.account());
    awaitRights(account, Right.values().length - 1);
    Path kubeconfig = account.kubeconfig();
    Path said = Gateway.target("check-" + missing.account());
    Process check =
        Gateway.run(
            kubeconfig, said, "check", "--kubernetes", Gateway.config(NAMESPACE, 0, 0).toString());
    assertThat(check.waitFor()).as(Gateway.text(said)).isEqualTo(2);
    assertThat(Gateway.text(said)).contains(missing.complaint());
    try (Gateway gateway = Gateway.start(NAMESPACE, kubeconfig)) {
      Until.within(
          Duration.ofSeconds(20),
          () -> "the log names " + missing + ": " + gateway.log(),
          () ->
              gateway.log().contains("kubernetes_forbidden")
                  && gateway.log().contains(missing.complaint()));
    }
  }

  @Test
  void withAllRightsThereIsNothingToSayAndNothingMoreIsGranted() throws Exception {
    Account account = Account.with(NAMESPACE, "with-all", allBut(null));
    awaitRights(account, Right.values().length);
    Path kubeconfig = account.kubeconfig();
    Path said = Gateway.target("check-with-all");
    Process check =
        Gateway.run(
            kubeconfig, said, "check", "--kubernetes", Gateway.config(NAMESPACE, 0, 0).toString());
    assertThat(check.waitFor()).as(Gateway.text(said)).isZero();
    try (Gateway gateway = Gateway.start(NAMESPACE, kubeconfig)) {
      Until.so(
          "it heard which pods there are: " + gateway.log(),
          () -> gateway.replica().status("/readyz") == 200);
      Until.passed(Duration.ofSeconds(3));
      assertThat(gateway.log()).doesNotContain("kubernetes_forbidden").doesNotContain("WARN");
    }
  }

  private static List<PolicyRule> allBut(@Nullable Right missing) {
    List<PolicyRule> rules = new ArrayList<>();
    for (Right right : Right.values()) {
      if (right != missing) {
        rules.add(right.rule());
      }
    }
    return rules;
  }

  /** Waits until the API server has taken the Role over, and looks that it grants no more. */
  private static void awaitRights(Account account, int count) {
    Until.so("the rights are in force", () -> rights(account).size() == count);
  }

  private static Set<String> rights(Account account) {
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(account.config()).build()) {
      Set<String> rights = new TreeSet<>();
      for (ResourceRule rule :
          client
              .authorization()
              .v1()
              .selfSubjectRulesReview()
              .create(
                  new SelfSubjectRulesReviewBuilder()
                      .withNewSpec()
                      .withNamespace(NAMESPACE)
                      .endSpec()
                      .build())
              .getStatus()
              .getResourceRules()) {
        // Every account may ask what it may do.
        if (!rule.getApiGroups().contains("authorization.k8s.io")
            && !rule.getApiGroups().contains("authentication.k8s.io")) {
          for (String verb : rule.getVerbs()) {
            rights.add(verb + " " + rule.getResources());
          }
        }
      }
      return rights;
    }
  }
}
