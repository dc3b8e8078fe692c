package dev.usher.demo;

import dev.usher.drill.Target;
import dev.usher.drill.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo's gateway listens.
 *
 * @param ports on which ports
 * @param certificate what it shows who comes over TLS, or null where they come in clear text
 */
record Door(Ports ports, @Nullable Certificate certificate) {
  /** As a line of configuration says it. */
  String listen() {
    String tls =
        certificate == null
            ? ""
            : ", tls: {certificate: '%s', key: '%s'}"
                .formatted(certificate.chain(), certificate.key());
    return "listen: {port: %d%s}".formatted(ports.visitors(), tls);
  }

  /** The address of a path behind it. */
  Target target(String path) {
    String scheme = certificate == null ? "http" : "https";
    return Target.of(scheme + "://127.0.0.1:" + ports.visitors() + path);
  }

  /** What visitors speak who come in by it. */
  Wire wire() {
    return certificate == null ? Wire.HTTP_1 : new Wire(true, true);
  }
}
