package dev.usher.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.stream.Stream;

/** A certificate for localhost that signs itself, made by the JDK's own keytool. */
public final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private TestCertificate() {}

  /** One for all plays of this process, already shaken hands with once: both take a second. */
  public static ListenOptions.Tls shared() {
    return Shared.TLS;
  }

  private static final class Shared {
    static final ListenOptions.Tls TLS = make();

    private static ListenOptions.Tls make() {
      try {
        Path folder = Files.createTempDirectory("certificate");
        ListenOptions.Tls made = writeTo(folder);
        FirstHandshake.with(made);
        try (Stream<Path> files = Files.list(folder)) {
          files.forEach(file -> file.toFile().deleteOnExit());
        }
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Writes certificate and key into one file. */
  public static Path both(Path file) throws IOException {
    ListenOptions.Tls made = shared();
    return Files.writeString(
        file,
        Files.readString(Path.of(made.certificate())) + Files.readString(Path.of(made.key())));
  }

  public static ListenOptions.Tls writeTo(Path folder) {
    return writeTo(folder, 90);
  }

  /** One that ends so many days from now, or ended as many before. */
  public static ListenOptions.Tls ending(Path folder, int days) throws IOException {
    return writeTo(Files.createDirectories(folder), days);
  }

  private static ListenOptions.Tls writeTo(Path folder, int days) {
    Path store = folder.resolve("store.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "edge",
                  "-dname",
                  "CN=localhost",
                  "-startdate",
                  "-100d",
                  "-validity",
                  String.valueOf(100 + days),
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.log").toFile())
              .start();
      if (keytool.waitFor() != 0) {
        throw new AssertionError(Files.readString(folder.resolve("keytool.log")));
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      return new ListenOptions.Tls(
          pem(folder, "CERTIFICATE", keys.getCertificate("edge").getEncoded()),
          pem(folder, "PRIVATE KEY", keys.getKey("edge", PASSWORD).getEncoded()));
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(Path folder, String kind, byte[] content) throws IOException {
    Path file = folder.resolve(kind.replace(' ', '-') + ".pem");
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    return file.toString();
  }
}
