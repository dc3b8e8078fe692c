import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Installs the chart as `helm install` does, with Helm as a library, which the chart's tests bring:
 * KUBECONFIG NAMESPACE VALUES KEDA [OPENS], where KEDA is whether KEDA is to follow what Usher says,
 * and OPENS when the sale does, which Usher is told beforehand: a time such as 2026-06-12T10:00:00,
 * of UTC.
 */
final class Install {
  public static void main(String[] args) throws Exception {
    Path more = Files.createTempFile("more", ".yaml");
    Files.writeString(more, more(args));
    try {
      new Helm(Path.of("helm/usher"))
          .install()
          .withName("usher")
          .withNamespace(args[1])
          .withKubeConfig(Path.of(args[0]))
          .withValuesFile(Path.of(args[2]))
          .withValuesFile(more)
          .waitReady()
          .withTimeout(180)
          .call();
    } finally {
      Files.delete(more);
    }
  }

  private static String more(String[] args) {
    String keda = "scaling: {keda: {enabled: " + Boolean.parseBoolean(args[3]) + "}}\n";
    return args.length < 5
        ? keda
        : keda
            + "config: {rooms: {concert: {events: [{name: sale, zone: Etc/UTC, opensAt: "
            + args[4]
            + ", replicas: 6, readyBefore: 30s, holdAfterEmpty: 1m}]}}}\n";
  }
}
