package dev.usher.cli.drill.http;

/**
 * One visitor's connection: kept alive between requests, and reopened when the server has closed
 * it.
 */
public interface HttpConnection {
  /** The visitor whose connection it is. */
  interface Owner {
    void connected();

    void answered(HttpAnswer answer);

    /** A request that a browser would silently resend on a new connection was resent. */
    void resent();

    void failed(Trouble trouble);
  }

  /** Sends a request. One answer or one failure follows, unless the connection is closed first. */
  void send(HttpRequest request);

  /** Closes the connection. The owner is told nothing more. */
  void close();
}
