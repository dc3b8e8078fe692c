package dev.usher;

import dev.usher.edge.Wire;
import dev.usher.server.ListenOptions;
import dev.usher.server.TestCertificate;
import dev.usher.store.LateQueueStore;
import dev.usher.store.QueueStore;

/**
 * How visitors come to a gateway, and whether its store answers while it is asked, as the embedded
 * one does, or later and from elsewhere, as Redis does.
 */
enum Way {
  HTTP_1(Wire.HTTP_1, false),
  HTTP_1_LATE_STORE(Wire.HTTP_1, true),
  TLS(Wire.TLS, false),
  TLS_LATE_STORE(Wire.TLS, true),
  HTTP_2(Wire.HTTP_2, false),
  HTTP_2_LATE_STORE(Wire.HTTP_2, true);

  /** As far as a store in another building. */
  private static final long LATE_MILLIS = 20;

  private final Wire wire;
  private final boolean late;

  Way(Wire wire, boolean late) {
    this.wire = wire;
    this.late = late;
  }

  Wire wire() {
    return wire;
  }

  /** Where visitors come in, as a line of configuration, with more settings behind it if any. */
  String listen(String more) {
    StringBuilder line = new StringBuilder("listen: {host: 127.0.0.1, port: 0");
    if (wire.secure()) {
      ListenOptions.Tls tls = TestCertificate.shared();
      line.append(", tls: {certificate: '").append(tls.certificate());
      line.append("', key: '").append(tls.key()).append("'}");
    }
    return line.append(more.isEmpty() ? "" : ", ").append(more).append("}\n").toString();
  }

  /** The store that the gateway asks in place of its own. */
  QueueStore store(QueueStore own) {
    return late ? new LateQueueStore(own, LATE_MILLIS) : own;
  }

  /** What a cookie of this name is called so that browsers bind it to its host. */
  String cookie(String name) {
    return wire.secure() ? "__Host-" + name : name;
  }

  /** As browsers name where a page of localhost comes from. */
  String origin() {
    return wire.scheme() + "://localhost";
  }
}
