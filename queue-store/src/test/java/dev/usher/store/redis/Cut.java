package dev.usher.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a Redis that can be cut as a network is: nothing is closed, nothing comes through. */
public final class Cut implements AutoCloseable {
  private final ServerSocket server;
  private final URI target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Connections made so far; the older ones stay silent for ever. */
  private volatile int silentUpTo;

  private volatile boolean cut;
  private final AtomicInteger made = new AtomicInteger();

  public Cut(URI target, boolean cut) {
    this.target = target;
    this.cut = cut;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public URI url() {
    return URI.create("redis://127.0.0.1:" + server.getLocalPort());
  }

  /** From now on nothing comes through. */
  public void cut() {
    cut = true;
  }

  /** New connections work again; the old ones never will. */
  public void mend() {
    silentUpTo = made.get();
    cut = false;
  }

  /** Connections made so far. */
  public int made() {
    return made.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        int number = made.incrementAndGet();
        sockets.add(near);
        Socket far = new Socket(target.getHost(), target.getPort());
        sockets.add(far);
        start(() -> pipe(number, near, far));
        start(() -> pipe(number, far, near));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pipe(int number, Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!cut && number > silentUpTo) {
          out.write(bytes, 0, n);
        }
      }
    } catch (IOException closed) {
      // One end is gone, and so is the other.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cut");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
