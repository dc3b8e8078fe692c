package dev.usher.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** HTTP/1.1, letter by letter. */
final class SocketTalk implements Talk {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  SocketTalk(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public String ended() {
    return "as its bytes say";
  }

  /** Nothing more is sent; answers still come. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends it without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
