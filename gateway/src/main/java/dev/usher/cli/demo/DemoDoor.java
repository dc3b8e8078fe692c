package dev.usher.cli.demo;

import dev.usher.cli.drill.crowd.WireProtocol;
import dev.usher.cli.drill.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * The listener of the demo's gateway.
 *
 * @param ports its ports
 * @param certificate the certificate it shows over TLS, or null if visitors come in clear text
 */
record DemoDoor(Ports ports, @Nullable DemoCertificate certificate) {
  /** The listener as a line of configuration. */
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

  /** The protocol that its visitors speak. */
  WireProtocol wire() {
    return certificate == null ? WireProtocol.HTTP_1 : new WireProtocol(true, true);
  }
}
