package dev.usher.cli.drill.http;

/**
 * One visitor's connection: kept alive between requests, opened again when the server closed it.
 */
public interface HttpConnection {
  /** Whose connection it is. */
  interface Owner {
    void connected();

    void answered(HttpAnswer answer);

    /** A request that a browser would silently send again on a new connection was sent again. */
    void resent();

    void failed(Trouble trouble);
  }

  /** Sends a request. One answer or one failure follows, unless the connection is closed first. */
  void send(HttpRequest request);

  /** Closes the connection. Nothing is told to the owner any more. */
  void close();
}
