package dev.usher.attack.field;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for localhost, made by the keytool of the JDK. */
final class Certificate {
  private static final String PASSWORD = "changeit";

  private Certificate() {}

  /** Writes cert.pem, key.pem, and both in both.pem. */
  static void make(Path work) throws IOException, InterruptedException, GeneralSecurityException {
    Path store = work.resolve("tls.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool must make a certificate but failed: see keytool.log");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    String certificate = pem("CERTIFICATE", keys.getCertificate("tls").getEncoded());
    String key = pem("PRIVATE KEY", keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
    Files.writeString(work.resolve("cert.pem"), certificate);
    Files.writeString(work.resolve("key.pem"), key);
    Files.writeString(work.resolve("both.pem"), certificate + key);
  }

  private static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
