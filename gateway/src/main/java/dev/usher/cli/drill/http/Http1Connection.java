package dev.usher.cli.drill.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** A connection that speaks HTTP/1.1. */
public final class Http1Connection implements HttpConnection {
  private final NetClient client;
  private final Requests requests;
  private final Owner owner;
  private final CookieJar jar;
  private final AnswerReader reader;
  private @Nullable NetSocket socket;
  private @Nullable Buffer awaiting;
  private boolean used;
  // Counts connections, so that a late event of one given up is not taken for the current one.
  private int life;

  public Http1Connection(NetClient client, Requests requests, Owner owner, CookieJar jar) {
    this.client = client;
    this.requests = requests;
    this.owner = owner;
    this.jar = jar;
    this.reader = new AnswerReader(jar);
  }

  @Override
  public void send(HttpRequest asked) {
    Buffer request = requests.letters(asked, jar);
    awaiting = request;
    reader.reset();
    NetSocket open = socket;
    if (open == null) {
      connect();
    } else {
      var unused = open.write(request);
    }
  }

  @Override
  public void close() {
    awaiting = null;
    life++;
    NetSocket open = socket;
    socket = null;
    if (open != null) {
      var unused = open.close();
    }
  }

  private void connect() {
    int mine = ++life;
    used = false;
    client
        .connect(requests.target().opening())
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

  private void connected(NetSocket opened, int mine) {
    socket = opened;
    opened.handler(
        incoming -> {
          if (mine == life) {
            read(incoming);
          }
        });
    opened.exceptionHandler(cause -> {}); // what follows is always a close
    opened.closeHandler(
        closed -> {
          if (mine == life) {
            closed();
          }
        });
    owner.connected();
    if (awaiting != null && mine == life) {
      var unused = opened.write(awaiting);
    }
  }

  private void read(Buffer incoming) {
    if (awaiting == null) {
      return; // an answer nobody asked for, as a server sends before it closes an idle connection
    }
    try {
      if (reader.read(incoming)) {
        whole();
      }
    } catch (IllegalArgumentException notHttp) {
      fail(Trouble.UNREADABLE);
    }
  }

  private void closed() {
    socket = null;
    Buffer request = awaiting;
    if (request == null) {
      return;
    }
    if (reader.closed()) {
      whole();
    } else if (used && !reader.touched()) {
      // The server closed an idle connection just when it was used again. Browsers send again.
      owner.resent();
      connect();
    } else {
      fail(Trouble.CUT_OFF);
    }
  }

  private void whole() {
    awaiting = null;
    used = true;
    if (reader.head().lastOne()) {
      close();
    }
    owner.answered(reader);
  }

  private void fail(Trouble trouble) {
    close();
    owner.failed(trouble);
  }
}
