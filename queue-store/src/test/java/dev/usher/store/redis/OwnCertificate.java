package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A certificate that is its own authority, and how a server shows it. */
public final class OwnCertificate {
  private OwnCertificate() {}

  /** Makes NAME.crt and NAME.key in the folder, for such names as {@code DNS:localhost}. */
  public static void make(Path folder, String name, String names)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                    + " -subj /CN=usher-test -addext subjectAltName="
                    + names
                    + " -keyout "
                    + folder.resolve(name + ".key")
                    + " -out "
                    + folder.resolve(name + ".crt"))
                .split(" ", -1));
    try {
      Process openssl =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
      assertThat(openssl.waitFor()).as(Files.readString(folder.resolve("openssl.log"))).isZero();
    } catch (IOException e) {
      Assumptions.abort("needs openssl on the PATH");
    }
  }

  /** What a server is started with that shows it. */
  public static List<String> options(Path folder, String name) {
    return List.of(
        "--tls-port",
        "{tls}",
        "--tls-cert-file",
        folder.resolve(name + ".crt").toString(),
        "--tls-key-file",
        folder.resolve(name + ".key").toString(),
        "--tls-ca-cert-file",
        folder.resolve(name + ".crt").toString(),
        "--tls-auth-clients",
        "no");
  }
}
