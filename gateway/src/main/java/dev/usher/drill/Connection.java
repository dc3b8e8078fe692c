package dev.usher.drill;

/**
 * One visitor's connection: kept alive between requests, opened again when the server closed it.
 */
interface Connection {
  /** Whose connection it is. */
  interface Owner {
    void connected();

    void answered(Answer answer);

    /** A request that a browser would silently send again on a new connection was sent again. */
    void resent();

    void failed(Trouble trouble);
  }

  /** Sends a request. One answer or one failure follows, unless the connection is closed first. */
  void send(Request request);

  /** Closes the connection. Nothing is told to the owner any more. */
  void close();
}
