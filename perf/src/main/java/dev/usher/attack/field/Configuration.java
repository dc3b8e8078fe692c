package dev.usher.attack.field;

import java.nio.file.Path;

/**
 * The configuration of the gateways under attack. All settings not given here have their defaults.
 */
record Configuration(Path work, int podPort) {
  private static final String ROOMS =
      """
      defaultUpstream: shop
      rooms:
        main: {upstream: shop, paths: [/main], session: {timeout: 10m, max: 24h}}
        other: {upstream: shop, paths: [/other], session: {timeout: 10m, max: 24h}}
        brief: {upstream: shop, paths: [/brief], session: {timeout: 1s, max: 1s}}
        sale:
          upstream: small
          paths: [/sale]
          bypass: {paths: [/sale/health], from: [10.0.0.0/8]}
          session: {timeout: 10m, max: 24h}
      """;

  private static final String NAMED_ROOMS =
      """
      rooms:
        main: {hosts: [s], paths: [/main], session: {timeout: 10m, max: 24h}}
        sale: {hosts: [tickets.example], paths: [/sale], session: {timeout: 10m, max: 24h}}
      """;

  String of(AttackedGateways entrance, int port, int opsPort) {
    String tls =
        entrance.tls()
            ? String.format(", tls: {certificate: %1$s/cert.pem, key: %1$s/key.pem}", work)
            : "";
    // Limits on connections and heads are lower than by default, so that a run reaches them.
    String listen =
        String.format(
            "listen: {host: 127.0.0.1, port: %d%s, trustedProxies: [127.0.0.2/32],"
                + " limits: {headerRead: 2s, connections: 3000}}%n",
            port, tls);
    String ops = String.format("ops: {host: 127.0.0.1, port: %d}%n", opsPort);
    return listen
        + ops
        + String.format("keys: {file: %s/keys.txt}%ndrain: 1s%nupstreams:%n", work)
        + shop(slots(entrance))
        + (entrance == AttackedGateways.HOSTS ? NAMED_ROOMS : small() + ROOMS);
  }

  private String shop(int slots) {
    return String.format(
        """
          shop:
            pods: [http://127.0.0.1:%d]
            sessionsPerPod: 5000
            requestsPerSecondPerPod: 5000
            maxInFlightPerPod: %d
            admission: {warmUp: 0s, startAt: 1, surviveLossOf: 0}
            probe: {path: /healthz}
        """,
        podPort, slots);
  }

  /** Nobody leaves during a run: the one place of the room "sale" stays taken. */
  private String small() {
    return String.format(
        """
          small:
            pods: [http://127.0.0.1:%d]
            sessionsPerPod: 1
            requestsPerSecondPerPod: 1000
            admission: {warmUp: 0s, startAt: 1, surviveLossOf: 0}
            probe: {path: /healthz}
        """,
        podPort);
  }

  /** All of a crowd of a thousand must reach the pod to have its full cost. */
  private static int slots(AttackedGateways entrance) {
    return entrance.isSmall() ? 3000 : 100;
  }
}
