package dev.usher.pods.probe;

import dev.usher.pods.Pod;
import dev.usher.pods.PodTls;
import dev.usher.pods.UpstreamOptions.ProbeOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The request of a probe: to the pod's own address, for the site and the name that are configured.
 */
final class ProbeRequest {
  private static final int PLAIN_PORT = 80;
  private static final int TLS_PORT = 443;

  private ProbeRequest() {}

  static RequestOptions to(Pod pod, ProbeOptions probe) {
    PodTls tls = probe.answer().tls();
    String site = probe.answer().host();
    String name = pod.tls() && tls.serverName() != null ? tls.serverName() : site;
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(pod.port(), pod.host()))
            .setHost(name == null ? pod.host() : name)
            // A configured site is asked for as browsers would ask, by the usual port.
            .setPort(name == null ? pod.port() : pod.tls() ? TLS_PORT : PLAIN_PORT)
            .setSsl(pod.tls())
            .setURI(probe.path())
            .setConnectTimeout(probe.timeout().toMillis())
            .setTimeout(probe.timeout().toMillis());
    if (pod.tls()) {
      request.setSslOptions(known(tls.ca()));
    }
    if (name != null) {
      request.putHeader("Host", site == null ? pod.toString() : site);
    }
    return request;
  }

  /** The options of a connection to a pod, over TLS if the pod speaks it. */
  static ConnectOptions connectionTo(Pod pod, PodTls tls) {
    ConnectOptions to = new ConnectOptions().setHost(pod.host()).setPort(pod.port());
    if (!pod.tls()) {
      return to;
    }
    to.setSsl(true).setSslOptions(known(tls.ca()));
    return tls.serverName() == null
        ? to
        : to.setRemoteAddress(SocketAddress.inetSocketAddress(pod.port(), pod.host()))
            .setHost(tls.serverName())
            .setSniServerName(tls.serverName());
  }

  private static ClientSSLOptions known(@Nullable String ca) {
    ClientSSLOptions ssl = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
    return ca == null
        ? ssl
        : ssl.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
  }
}
