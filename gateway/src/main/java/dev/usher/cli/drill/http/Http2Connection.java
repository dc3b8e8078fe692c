package dev.usher.cli.drill.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection that speaks HTTP/2, one request at a time. */
public final class Http2Connection implements HttpConnection {
  private final HttpClientAgent client;
  private final Requests requests;
  private final Owner owner;
  private final CookieJar jar;
  private @Nullable HttpClientConnection open;
  private @Nullable HttpRequest awaiting;
  private boolean used;
  // Counts connections, so that a late event of one given up is not taken for the current one.
  private int life;

  public Http2Connection(HttpClientAgent client, Requests requests, Owner owner, CookieJar jar) {
    this.client = client;
    this.requests = requests;
    this.owner = owner;
    this.jar = jar;
  }

  /** A complete answer: its head, and what was kept of its body. */
  private record Whole(ResponseHead head, String body) implements HttpAnswer {}

  @Override
  public void send(HttpRequest request) {
    awaiting = request;
    HttpClientConnection now = open;
    if (now == null) {
      connect();
    } else {
      ask(now, request);
    }
  }

  @Override
  public void close() {
    awaiting = null;
    life++;
    HttpClientConnection now = open;
    open = null;
    if (now != null) {
      var unused = now.close();
    }
  }

  private void connect() {
    int mine = ++life;
    used = false;
    Target target = requests.target();
    client
        .connect(
            new HttpConnectOptions()
                .setServer(target.socket())
                .setHost(target.host())
                .setPort(target.port()))
        .onComplete(
            opened -> {
              if (mine != life) {
                var unused = opened.close();
              } else {
                connected(opened, mine);
              }
            },
            cause -> {
              if (mine == life) {
                fail(Trouble.ofConnecting(cause));
              }
            });
  }

  private void connected(HttpClientConnection opened, int mine) {
    open = opened;
    opened.closeHandler(closed -> letGo(mine));
    opened.shutdownHandler(going -> letGo(mine)); // what is on its way is still answered
    if (opened.protocolVersion() != HttpVersion.HTTP_2) {
      fail(Trouble.NO_HTTP2);
      return;
    }
    owner.connected();
    HttpRequest request = awaiting;
    if (request != null && mine == life) {
      ask(opened, request);
    }
  }

  private void letGo(int mine) {
    if (mine == life) {
      open = null;
    }
  }

  private void ask(HttpClientConnection on, HttpRequest request) {
    int mine = life;
    on.request(options(request))
        .compose(HttpClientRequest::send)
        .onComplete(
            head -> {
              if (mine == life) {
                read(head, mine);
              }
            },
            cause -> {
              if (mine == life) {
                unanswered();
              }
            });
  }

  private RequestOptions options(HttpRequest request) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setHost(requests.target().host())
            .setPort(requests.target().port())
            .setSsl(true)
            .setURI(request.path())
            .putHeader("user-agent", Requests.AGENT)
            .putHeader("accept", request.accept());
    if (request.changes()) {
      options.putHeader("content-length", "0").putHeader("origin", requests.target().origin());
    }
    String cookies = jar.value();
    return cookies.isEmpty() ? options : options.putHeader("cookie", cookies);
  }

  private void read(HttpClientResponse answer, int mine) {
    Buffer kept = Buffer.buffer();
    answer.handler(
        part -> {
          int room = AnswerReader.BODY_KEPT - kept.length();
          if (room > 0) {
            kept.appendBuffer(part, 0, Math.min(room, part.length()));
          }
        });
    answer.exceptionHandler(
        cause -> {
          if (mine == life) {
            fail(Trouble.CUT_OFF);
          }
        });
    answer.endHandler(
        end -> {
          if (mine == life) {
            whole(answer, kept.toString(StandardCharsets.UTF_8));
          }
        });
  }

  private void whole(HttpClientResponse answer, String body) {
    ResponseHead head;
    try {
      head = ResponseHead.of(answer.statusCode(), answer.headers(), jar);
    } catch (IllegalArgumentException notHttp) {
      fail(Trouble.UNREADABLE);
      return;
    }
    awaiting = null;
    used = true;
    owner.answered(new Whole(head, body));
  }

  private void unanswered() {
    if (used && open == null) {
      // The server closed an idle connection just when it was used again. Browsers send again.
      owner.resent();
      connect();
    } else {
      fail(Trouble.CUT_OFF);
    }
  }

  private void fail(Trouble trouble) {
    close();
    owner.failed(trouble);
  }
}
