package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/** A right that the chart grants to Usher in the namespace of a shop. */
record Right(String verb, String group, String resource) {
  /** What following the pods of a service needs. */
  static final List<Right> TO_FOLLOW =
      List.of(
          new Right("get", "", "services"),
          new Right("list", "discovery.k8s.io", "endpointslices"),
          new Right("watch", "discovery.k8s.io", "endpointslices"),
          new Right("list", "", "pods"),
          new Right("watch", "", "pods"));

  PolicyRule rule() {
    return new PolicyRuleBuilder()
        .withVerbs(verb)
        .withApiGroups(group)
        .withResources(resource)
        .build();
  }

  boolean is(String otherVerb, String otherResource) {
    return verb.equals(otherVerb) && resource.equals(otherResource);
  }
}
