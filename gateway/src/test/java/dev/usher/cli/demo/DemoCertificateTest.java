package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCertificateTest {
  @Test
  void aCertificateSignsItselfForLocalhost(@TempDir Path folder) throws Exception {
    DemoCertificate made = DemoCertificate.in(folder);
    X509Certificate read;
    try (InputStream in = Files.newInputStream(made.chain())) {
      read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    read.checkValidity();
    read.verify(read.getPublicKey());
    assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
    assertThat(read.getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
    assertThat(Files.readString(made.key())).startsWith("-----BEGIN PRIVATE KEY-----");
  }
}
