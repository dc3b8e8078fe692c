import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Installs the chart as `helm install` does, with Helm as a library, which the chart's tests bring:
 * KUBECONFIG NAMESPACE VALUES KEDA, where KEDA is whether KEDA is to follow what Usher says.
 */
final class Install {
  public static void main(String[] args) throws Exception {
    Path keda = Files.createTempFile("keda", ".yaml");
    Files.writeString(keda, "scaling: {keda: {enabled: " + Boolean.parseBoolean(args[3]) + "}}\n");
    try {
      new Helm(Path.of("helm/usher"))
          .install()
          .withName("usher")
          .withNamespace(args[1])
          .withKubeConfig(Path.of(args[0]))
          .withValuesFile(Path.of(args[2]))
          .withValuesFile(keda)
          .waitReady()
          .withTimeout(180)
          .call();
    } finally {
      Files.delete(keda);
    }
  }
}
