package dev.usher.store.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way of one upstream's calls to the server that holds its keys, which is found again when it
 * moves and connected to again when it is lost. Everything happens on one event loop. Calls reach
 * the server in the order in which they were asked for, also those that are sent twice.
 */
final class UpstreamChannel {
  private final Vertx vertx;
  private final ConnectionFactory connections;
  private final MasterLocator locator;
  private final RedisOptions options;
  private final String tag;
  private final RandomGenerator chance;
  private final Troubles troubles;
  private final AskConnection askConnection;

  /** Calls that wait for the first connection, or for a redirect to end. */
  private final Deque<Call> held = new ArrayDeque<>();

  private @Nullable Connection connection;

  private @Nullable Redirect redirect;

  /** Why calls fail at once: there is no connection, and the last try to make one failed. */
  private @Nullable StoreTrouble away;

  private int failed;
  private boolean connecting;
  private boolean closed;

  // Rule zero: what a route is made of; a record of them would only be taken apart here.
  UpstreamChannel(
      Vertx vertx,
      ConnectionFactory connections,
      MasterLocator locator,
      RedisOptions options,
      String tag,
      RandomGenerator chance) {
    this.vertx = vertx;
    this.connections = connections;
    this.locator = locator;
    this.options = options;
    this.tag = tag;
    this.chance = chance;
    this.askConnection = new AskConnection(connections);
    this.troubles = new Troubles(tag.isEmpty() ? options.toString() : tag + " on " + options);
  }

  void ask(Call call) {
    if (away != null) {
      // Nothing is kept for later: what was asked for now may be wrong by then.
      call.failed(away);
      return;
    }
    if (held.size() >= ConnectionFactory.PENDING_MAX) {
      fail(call, new StoreTrouble(StoreTrouble.Kind.OVERLOADED, "Too many calls are waiting"));
      return;
    }
    long within = options.commandTimeout().toMillis();
    call.timer(vertx.setTimer(within, id -> tooLate(call, within)));
    if (connection != null && redirect == null) {
      send(connection, call);
    } else {
      held.add(call);
      connect();
    }
  }

  private void send(Connection on, Call call) {
    if (call.isOver()) {
      return;
    }
    call.sentOn(on);
    on.send(call.request())
        .onComplete(
            response -> {
              vertx.cancelTimer(call.timer());
              failed = 0;
              troubles.worked(call.script());
              call.answered(response);
              follow();
            },
            cause -> {
              refused(on, call, cause);
              follow();
            });
  }

  private void refused(Connection on, Call call, Throwable cause) {
    StoreTrouble trouble = StoreTrouble.of(cause, call.script());
    Redirect.Sign sign = Redirect.Sign.of(trouble.said());
    if (sign == null || !call.detour(trouble)) {
      fail(call, trouble);
      if (trouble.kind().isOfTheConnection()) {
        lose(on, trouble);
      }
    } else if (on == connection || askConnection.is(on)) {
      if (redirect == null) {
        redirect = new Redirect();
      }
      redirect.add(call, sign, trouble.said(), on.at());
    } else {
      fail(call, trouble);
    }
  }

  private void tooLate(Call call, long within) {
    if (call.isOver()) {
      return;
    }
    StoreTrouble why = call.why();
    StoreTrouble trouble = why == null ? connections.late(within, connection == null) : why;
    fail(call, trouble);
    Connection present = connection;
    // A connection that swallowed a call is not asked again; nor is a node without its cluster.
    if (present != null
        && call.mayBeOn(present)
        && trouble.kind() != StoreTrouble.Kind.SLOT_MOVING) {
      lose(present, trouble);
    }
  }

  /** Goes the way that answers pointed out, once everything sent before is answered. */
  private void follow() {
    Redirect followed = redirect;
    Connection present = connection;
    if (followed == null || followed.begun() || present == null) {
      return;
    }
    if (present.pending() + askConnection.pending() > 0) {
      return;
    }
    followed.begin();
    Address to = followed.movedTo();
    Address at = followed.askAt();
    if (to != null && !to.equals(present.at())) {
      move(followed, present, to);
    } else if (at != null) {
      askAt(followed, at);
    } else if (followed.later()) {
      vertx.setTimer(1 + Backoff.delayMs(failed++, chance), id -> resend(followed, null));
    } else {
      resend(followed, null);
    }
  }

  private void move(Redirect followed, Connection from, Address to) {
    connections
        .openMaster(to)
        .onComplete(
            there -> {
              if (redirect == followed && !closed) {
                use(there);
                resend(followed, null);
                from.close();
              } else {
                there.close();
              }
            },
            cause -> {
              if (redirect == followed) {
                lose(from, StoreTrouble.of(cause));
              }
            });
  }

  private void askAt(Redirect followed, Address at) {
    askConnection
        .open(at)
        .onComplete(
            there -> resend(followed, there),
            // The slot's owner may know more by now.
            cause -> vertx.setTimer(Backoff.FIRST_MS, id -> resend(followed, null)));
  }

  /** Sends again what was refused, then what was held meanwhile. */
  private void resend(Redirect followed, @Nullable Connection asking) {
    Connection present = connection;
    if (redirect != followed || present == null) {
      return;
    }
    // What comes after those that another node is asked for waits until they are answered, or it
    // would be carried out before them.
    redirect = asking == null ? null : new Redirect();
    for (Call call : followed.calls()) {
      if (asking != null && !call.isOver()) {
        asking.send(Request.cmd(Command.ASKING));
      }
      send(asking == null ? present : asking, call);
    }
    if (asking == null) {
      sendHeld(present);
    } else {
      follow();
    }
  }

  private void sendHeld(Connection on) {
    List<Call> waiting = new ArrayList<>(held);
    held.clear();
    waiting.forEach(call -> send(on, call));
  }

  private void connect() {
    if (connection != null || connecting || closed) {
      return;
    }
    connecting = true;
    Future<Connection> made = connections.found(locator.find(tag)).compose(connections::openMaster);
    made.onComplete(
        there -> {
          connecting = false;
          if (closed) {
            there.close();
            return;
          }
          away = null;
          use(there);
          sendHeld(there);
        },
        cause -> {
          connecting = false;
          unreachable(StoreTrouble.of(cause));
        });
  }

  private void use(Connection there) {
    connection = there;
    there.whenLost(
        () -> lose(there, new StoreTrouble(StoreTrouble.Kind.UNREACHABLE, "The connection ended")));
  }

  /** Another server is the master now; the one in use may not know yet. */
  void moved(Address master) {
    Connection present = connection;
    if (present != null && !present.at().equals(master)) {
      lose(
          present,
          new StoreTrouble(
              StoreTrouble.Kind.REPLICA,
              "The master is " + master + ", no longer " + present.at()));
    }
  }

  private void lose(Connection gone, StoreTrouble trouble) {
    if (gone == connection) {
      connection = null;
      // Others may still be waiting for their answers there; each has its own time-out.
      vertx.setTimer(options.commandTimeout().toMillis(), id -> gone.close());
      unreachable(trouble);
    }
  }

  private void unreachable(StoreTrouble trouble) {
    if (closed) {
      return;
    }
    away = trouble;
    troubles.failed(trouble);
    askConnection.close();
    List<Call> waiting = redirect == null ? new ArrayList<>() : new ArrayList<>(redirect.calls());
    redirect = null;
    waiting.addAll(held);
    held.clear();
    waiting.forEach(call -> fail(call, trouble));
    vertx.setTimer(1 + Backoff.delayMs(failed++, chance), id -> connect());
  }

  private void fail(Call call, StoreTrouble trouble) {
    vertx.cancelTimer(call.timer());
    if (!call.isOver()) {
      troubles.failed(call.script(), call.keys(), trouble);
      call.failed(trouble);
    }
  }

  Future<Void> close() {
    closed = true;
    askConnection.close();
    Connection present = connection;
    connection = null;
    away = new StoreTrouble(StoreTrouble.Kind.UNREACHABLE, "The store was closed");
    return present == null ? Future.succeededFuture() : present.close();
  }
}
