package dev.usher.cli.drill.crowd;

import dev.usher.cli.drill.http.CookieJar;
import dev.usher.cli.drill.http.Http1Connection;
import dev.usher.cli.drill.http.Http2Connection;
import dev.usher.cli.drill.http.HttpConnection;
import dev.usher.cli.drill.http.Requests;
import dev.usher.cli.drill.http.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.TimeUnit;

/** A factory of a crowd's connections, all of one kind. */
public interface CrowdConnections {
  /** A connection for this visitor, not yet opened. */
  HttpConnection of(HttpConnection.Owner owner, Requests requests, CookieJar jar);

  /** The factory that this plan asks for. */
  static CrowdConnections of(Vertx vertx, Plan plan) {
    int timeout = (int) Math.min(600_000, plan.habits().patience().toMillis());
    boolean trusting = plan.wire().trusting();
    if (plan.wire().http2()) {
      HttpClientAgent client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setSsl(true)
                  .setUseAlpn(true)
                  .setTrustAll(trusting)
                  .setVerifyHost(!trusting)
                  .setConnectTimeout(timeout)
                  .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                  .setSslHandshakeTimeout(timeout)
                  .setTcpNoDelay(true));
      return (owner, requests, jar) -> new Http2Connection(client, requests, owner, jar);
    }
    NetClient client =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(timeout)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(timeout)
                .setTcpNoDelay(true)
                .setSsl(plan.targets().stream().anyMatch(Target::tls))
                .setTrustAll(trusting)
                .setHostnameVerificationAlgorithm(trusting ? "" : "HTTPS"));
    return (owner, requests, jar) -> new Http1Connection(client, requests, owner, jar);
  }
}
