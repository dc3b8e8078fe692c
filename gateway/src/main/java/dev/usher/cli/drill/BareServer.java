package dev.usher.cli.drill;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/**
 * A server that answers every request with the same few bytes, to show what this machine's sockets
 * cost by themselves.
 */
final class BareServer extends VerticleBase {
  /** The words it prints before its port. */
  static final String LISTENING = "listening on port ";

  private static final Buffer ANSWER =
      Buffer.buffer("<!doctype html><title>Bare</title><p>You are in the line.</p>" + "\n");

  private final int port;

  BareServer(int port) {
    this.port = port;
  }

  /** Takes the port as its argument, 0 for any free one. */
  public static void main(String[] args) {
    int port = args.length == 0 ? 0 : Integer.parseInt(args[0]);
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
    vertx
        .deployVerticle(() -> new BareServer(port), new DeploymentOptions().setInstances(2))
        .onFailure(
            cause -> {
              System.err.println(cause.getMessage());
              System.exit(1);
            });
  }

  @Override
  public Future<HttpServer> start() {
    return vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
        .requestHandler(
            request -> {
              var unused = request.response().putHeader("Content-Type", "text/html").end(ANSWER);
            })
        .listen(port, "127.0.0.1")
        .onSuccess(server -> System.out.println(LISTENING + server.actualPort()));
  }
}
