package dev.usher.helm.proof;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The release of the chart, which Helm itself installs, changes, tests and removes. */
final class Release {
  static final String IMAGE = System.getProperty("usher.cluster.image", "usher:latest");
  static final String REDIS = System.getProperty("usher.cluster.redis.image", "redis:7.4-alpine");

  private static final Path CHART = Path.of("usher");
  private static final String NAME = "usher";
  private static final int READY_SECONDS = 120;

  private final Path kubeconfig;
  private final String namespace;
  private final String values;

  /** One with the values of this file beside the tests. */
  Release(Path kubeconfig, String namespace, String values) {
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.values = values;
  }

  void install(String title) {
    install(title, "");
  }

  /** The same with more values on top. */
  void install(String title, String more) {
    new Helm(CHART)
        .install()
        .withName(NAME)
        .withNamespace(namespace)
        .withKubeConfig(kubeconfig)
        .withValuesFile(values(title))
        .withValuesFile(file(more))
        .waitReady()
        .withTimeout(READY_SECONDS)
        .call();
  }

  /** Another title for the room: something that takes no restart. */
  void upgrade(String title) {
    upgrade(title, "");
  }

  /** The same with more values on top. */
  void upgrade(String title, String more) {
    new Helm(CHART)
        .upgrade()
        .withName(NAME)
        .withNamespace(namespace)
        .withKubeConfig(kubeconfig)
        .withValuesFile(values(title))
        .withValuesFile(file(more))
        .waitReady()
        .withTimeout(READY_SECONDS)
        .call();
  }

  /** The status after {@code helm test}, which throws when its pod fails. */
  String test() {
    return Helm.test(NAME)
        .withNamespace(namespace)
        .withKubeConfig(kubeconfig)
        .withTimeout(READY_SECONDS)
        .call()
        .getStatus();
  }

  void uninstall() {
    Helm.uninstall(NAME).withNamespace(namespace).withKubeConfig(kubeconfig).call();
  }

  private Path values(String title) {
    int colon = IMAGE.lastIndexOf(':');
    String text =
        Texts.of(
            values,
            "REPOSITORY",
            IMAGE.substring(0, colon),
            "TAG",
            IMAGE.substring(colon + 1),
            "REDIS",
            REDIS,
            "TITLE",
            title);
    return file(text);
  }

  private static Path file(String text) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
