package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.config.schema.RefusedConfigException;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a certificate and a key that cannot be served, before anything listens. */
final class TlsPairTest {
  private final ListenOptions.Tls good = TestCertificate.shared();

  @TempDir private Path folder = Path.of(".");

  private static GatewayConfig read(String certificate, String key) throws RefusedConfigException {
    return new ConfigReader(Map.of())
        .read(
            "gateway.yaml",
            ("listen: {tls: {certificate: " + certificate + ", key: " + key + "}}\n")
                + "upstreams: {shop: {pods: [http://a], sessionsPerPod: 5}}\nrooms: {a: {}}\n");
  }

  private static String problem(String certificate, String key) {
    return String.join(
        "\n",
        catchThrowableOfType(RefusedConfigException.class, () -> read(certificate, key))
            .problems());
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aPairIsTakenAlsoInOneFile() throws Exception {
    String both = TestCertificate.both(folder.resolve("both.pem")).toString();
    assertThatCode(() -> read(good.certificate(), good.key())).doesNotThrowAnyException();
    assertThatCode(() -> read(both, both)).doesNotThrowAnyException();
  }

  @Test
  void aCertificateThatEndedOrEndsSoonIsWarnedOfAndOneThatHoldsForLongIsNot() throws Exception {
    assertThat(warnings(TestCertificate.ending(folder.resolve("old"), -1)))
        .anyMatch(said -> said.startsWith("listen.tls.certificate ended on "))
        .anyMatch(said -> said.contains(": browsers refuse it, renew it (gateway.yaml:1)"));
    assertThat(warnings(TestCertificate.ending(folder.resolve("soon"), 13)))
        .anyMatch(said -> said.startsWith("listen.tls.certificate ends on "));
    assertThat(warnings(TestCertificate.ending(folder.resolve("good"), 90)))
        .noneMatch(said -> said.contains("certificate"));
  }

  private static List<String> warnings(ListenOptions.Tls tls) throws RefusedConfigException {
    return read(tls.certificate(), tls.key()).warnings();
  }

  @Test
  void aCertificateThatIsNoneIsNamedAndWhatToWriteInstead() throws Exception {
    String none = file("pod.py", "print('hello')\n");
    String broken = file("broken.pem", Files.readString(Path.of(good.certificate())).substring(99));
    assertThat(problem(none, good.key()))
        .isEqualTo(
            "listen.tls.certificate must be a certificate in PEM but \""
                + none
                + "\" is not (Missing -----BEGIN CERTIFICATE----- delimiter): name the file with"
                + " the server's own certificate first and its chain after it, often tls.crt or"
                + " fullchain.pem (gateway.yaml:1)");
    for (String other : new String[] {good.key(), broken, file("empty", "")}) {
      assertThat(problem(other, good.key())).startsWith("listen.tls.certificate must be");
    }
  }

  @Test
  void aKeyThatIsNoneIsNamedAndWhatToWriteInstead() throws Exception {
    String none = file("pod.py", "print('hello')\n");
    assertThat(problem(good.certificate(), none))
        .startsWith(
            "listen.tls.key must be the key of listen.tls.certificate, in PEM and without a"
                + " password, but \""
                + none
                + "\" is not (Missing -----BEGIN PRIVATE KEY-----");
    String broken =
        file("broken.pem", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
    for (String other : new String[] {good.certificate(), broken, file("empty", "")}) {
      assertThat(problem(good.certificate(), other)).startsWith("listen.tls.key must be the key");
    }
  }

  @Test
  void anotherCertificatesKeyIsRefusedOfTheSameKindAndOfAnyOther() throws Exception {
    ListenOptions.Tls other = TestCertificate.writeTo(folder);
    assertThat(problem(good.certificate(), other.key()))
        .contains("listen.tls.key", "(it is another certificate's): name the two that were made");
    for (String kind : new String[] {"RSA", "EC"}) {
      KeyPairGenerator keys = KeyPairGenerator.getInstance(kind);
      keys.initialize(kind.equals("RSA") ? 2048 : 521);
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      assertThat(problem(good.certificate(), file("key.pem", pem)))
          .startsWith("listen.tls.key must be the key of listen.tls.certificate");
    }
  }
}
