package dev.usher.server;

import dev.usher.page.NoticePage;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's connection as the limits on connections see it: whose it is, and whether closing it
 * would harm anyone. Confined to its event loop.
 */
public final class VisitorConnection {
  /** Whose connection it is; those named first are closed first when there are too many. */
  enum Owner {
    STRANGER,
    INSIDE,
    PROXY
  }

  /** The code of RST_STREAM for an answer that is no longer wanted (RFC 9113, 7). */
  private static final long CANCEL = 8;

  /** Of a stream, as much as a visitor hears in a minute or more. */
  private static final long UNSENT_BYTES = 16 * 1024;

  /**
   * How long the machine of a visitor who listens may acknowledge nothing that was sent. One that
   * is gone without a word would else count as present for a quarter of an hour.
   */
  private static final int UNHEARD_MILLIS = 60_000;

  private static final AttributeKey<VisitorConnection> KEY =
      AttributeKey.valueOf(VisitorConnection.class, "of");

  private final Channel channel;
  private final IdleConnections idle;
  private final RefusedRequests refused;
  private Owner owner;
  private boolean onTrial;
  private boolean receiving;
  private int streams;

  // Its place among those that may be closed: kept here, so that no request creates an entry for
  // it.
  @Nullable VisitorConnection before;
  @Nullable VisitorConnection after;
  IdleConnections.@Nullable Row row;
  int idleSince;

  VisitorConnection(Channel channel, IdleConnections idle, Owner owner, RefusedRequests refused) {
    this.channel = channel;
    this.idle = idle;
    this.owner = owner;
    this.refused = refused;
    channel.attr(KEY).set(this);
  }

  /** The connection that this request came over; null if nothing limits connections. */
  private static @Nullable VisitorConnection of(HttpServerRequest request) {
    return request.connection() instanceof ConnectionBase connection
        ? connection.channel().attr(KEY).get()
        : null;
  }

  Channel channel() {
    return channel;
  }

  Owner owner() {
    return owner;
  }

  /**
   * Whether this request is refused, and answered, as one too many. A request with a good pass
   * never is, and its connection stays when those of strangers make room.
   *
   * @param page the pages that tell a person
   */
  public static boolean turnsAway(HttpServerRequest request, NoticePage page, boolean showsPass) {
    VisitorConnection connection = of(request);
    if (connection == null) {
      return false;
    }
    if (showsPass) {
      connection.showedPass();
    } else if (connection.onTrial) {
      connection.refused.tooMany(request, page);
      return true;
    }
    return false;
  }

  /**
   * Notes that this request is answered with a stream. The operating system then soon takes no more
   * of what the visitor does not read, and gives up a machine that is gone. Where it cannot be told
   * so, it may keep megabytes of small events before anyone finds out.
   */
  public static void listens(HttpServerRequest request) {
    VisitorConnection connection = of(request);
    if (connection != null && connection.streams++ == 0) {
      connection.sends(UNSENT_BYTES, UNHEARD_MILLIS);
    }
  }

  /**
   * Notes that the stream is over. Who is slow to read another answer is somebody else's business:
   * the operating system would cut off also a machine that lives and says it has no room.
   */
  public static void listensNoMore(HttpServerRequest request) {
    VisitorConnection connection = of(request);
    if (connection != null && --connection.streams == 0) {
      connection.sends(0, 0);
    }
  }

  /** Tells the operating system how to send; 0 is as it does by itself. */
  private void sends(long unsentBytes, int unheardMillis) {
    if (channel.isActive() && channel.config() instanceof EpollSocketChannelConfig on) {
      on.setTcpNotSentLowAt(unsentBytes).setTcpUserTimeout(unheardMillis);
    }
  }

  /** Ends an answer that nobody reads: its connection, or in HTTP/2 its stream alone. */
  public static void cutOff(HttpServerRequest request) {
    VisitorConnection connection = of(request);
    if (connection == null || request.version() == HttpVersion.HTTP_2) {
      var unused = request.response().reset(CANCEL);
    } else {
      connection.close();
    }
  }

  private void showedPass() {
    onTrial = false;
    if (owner == Owner.STRANGER) {
      owner = Owner.INSIDE;
      if (row != null) {
        idle.add(this);
      }
    }
  }

  /**
   * Puts a connection that came when there was hardly room on trial: it may stay if its client
   * shows a pass.
   */
  void putOnTrial() {
    onTrial = owner == Owner.STRANGER;
  }

  boolean isOnTrial() {
    return onTrial;
  }

  /** Notes that nothing is asked and nothing is owed. */
  void rest() {
    receiving = false;
    if (channel.isActive()) {
      idle.add(this);
    }
  }

  /**
   * Notes that a request is on its way in. It must be complete before a stranger's connection
   * counts as used.
   */
  void receive() {
    receiving = true;
    if (owner == Owner.STRANGER) {
      idle.add(this);
    } else {
      idle.remove(this);
    }
  }

  /** Notes that an answer is owed. */
  void owe() {
    receiving = false;
    idle.remove(this);
  }

  void gone() {
    idle.remove(this);
  }

  /** Whether a request is on its way in, so that the idle time does not run. */
  boolean isReceiving() {
    return receiving;
  }

  /**
   * Closes the connection although its visitor may not have meant to go: nothing is owed to them.
   */
  void close() {
    idle.remove(this);
    LingeringClose.atOnce(channel);
    var unused = channel.close();
  }
}
