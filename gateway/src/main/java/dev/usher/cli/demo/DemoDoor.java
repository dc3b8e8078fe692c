package dev.usher.cli.demo;

import dev.usher.cli.drill.crowd.WireProtocol;
import dev.usher.cli.drill.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo's gateway listens.
 *
 * @param ports on which ports
 * @param certificate what it shows who comes over TLS, or null where they come in clear text
 */
record DemoDoor(Ports ports, @Nullable DemoCertificate certificate) {
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
  WireProtocol wire() {
    return certificate == null ? WireProtocol.HTTP_1 : new WireProtocol(true, true);
  }
}
