package dev.usher.helm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate that signs itself and its key in one file, made by the JDK's own keytool. */
final class PemPair {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private PemPair() {}

  static void writeTo(Path file) throws IOException {
    Path store = file.resolveSibling("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String words =
        " -genkeypair -keyalg EC -alias tea -dname CN=tea.example -storetype PKCS12 -storepass "
            + new String(PASSWORD);
    try {
      Process making =
          new ProcessBuilder((keytool + words + " -keystore " + store).split(" ", -1))
              .inheritIO()
              .start();
      if (making.waitFor() != 0) {
        throw new AssertionError("keytool ended with " + making.exitValue());
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      Files.writeString(
          file,
          pem("CERTIFICATE", keys.getCertificate("tea").getEncoded())
              + pem("PRIVATE KEY", keys.getKey("tea", PASSWORD).getEncoded()));
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String kind, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
