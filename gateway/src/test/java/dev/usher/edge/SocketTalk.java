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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
