package dev.usher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a gateway on which connections may fall silent: they stay open, and nothing comes. */
final class Silence implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> all = new ArrayList<>();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private final int to;

  Silence(int to) throws IOException {
    this.to = to;
    new Thread(this::accept, "silence").start();
  }

  int port() {
    return door.getLocalPort();
  }

  /** Nothing more comes over the connections that are open now. */
  synchronized void beginAmongThoseOpen() {
    silent.addAll(all);
  }

  private void accept() {
    try {
      while (true) {
        Socket from = door.accept();
        Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
        synchronized (this) {
          all.add(from);
          all.add(onward);
        }
        new Thread(() -> carry(from, onward), "silence-in").start();
        new Thread(() -> carry(onward, from), "silence-out").start();
      }
    } catch (IOException closed) {
      // The play is over.
    }
  }

  private void carry(Socket from, Socket onward) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = onward.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (!silent.contains(from)) {
          out.write(bytes, 0, read);
          out.flush();
        }
      }
      if (!silent.contains(from)) {
        onward.close();
      }
    } catch (IOException gone) {
      close(onward);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    door.close();
    all.forEach(Silence::close);
  }
}
