package dev.usher.helm.proof;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.util.List;

/**
 * Service accounts of the run's namespace, with these rights and no others.
 *
 * @param door the way to the API that their kubeconfigs name
 */
record Account(World world, ApiDoor door) {
  /** Makes one; gives back its kubeconfig. */
  Path granted(String account, List<Right> rights) {
    String in = world.namespace();
    PolicyRule[] rules = rights.stream().map(Right::rule).toArray(PolicyRule[]::new);
    create(new ServiceAccountBuilder().withNewMetadata().withName(account).endMetadata().build());
    create(
        new RoleBuilder()
            .withNewMetadata()
            .withName(account)
            .endMetadata()
            .withRules(rules)
            .build());
    create(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(account)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", account)
            .addNewSubject("", "ServiceAccount", account, in)
            .build());
    TokenRequest asked =
        world.client().serviceAccounts().inNamespace(in).withName(account).tokenRequest();
    return door.kubeconfig(text -> asOwner(text, asked.getStatus().getToken()));
  }

  private void create(HasMetadata object) {
    world.client().resource(object).inNamespace(world.namespace()).create();
  }

  /** The same cluster for whom this token belongs to. */
  static String asOwner(String kubeconfig, String token) {
    return kubeconfig
        .replaceAll("client-certificate-data: [^,}\\s]+", "token: " + token)
        .replaceAll("client-key-data: [^,}\\s]+", "username: ''")
        .replace(", username: ''", "");
  }
}
