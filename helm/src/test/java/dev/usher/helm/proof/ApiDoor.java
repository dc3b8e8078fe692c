package dev.usher.helm.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A way to the API server that can be shut, frozen and cut, for one gateway on this machine. */
final class ApiDoor implements AutoCloseable {
  private static final int CHUNK = 16 * 1024;

  private final String kubeconfig;
  private final URI server;
  private final int port;
  private final List<Socket> open = new ArrayList<>();
  private @Nullable ServerSocket listening;
  private volatile boolean frozen;

  ApiDoor(Path file) {
    try {
      this.kubeconfig = Files.readString(file);
      this.server = URI.create(kubeconfig.replaceAll("(?s).*?server: \"?([^\"\\s,}]+).*", "$1"));
      ServerSocket first = listen(0);
      this.port = first.getLocalPort();
      accept(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** A kubeconfig that leads through this door, with what else is changed. */
  Path kubeconfig(UnaryOperator<String> change) {
    try {
      Path file = Files.createTempFile("kubeconfig", "");
      file.toFile().deleteOnExit();
      String text = kubeconfig.replace(server.toString(), "https://127.0.0.1:" + port);
      return Files.writeString(file, change.apply(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void accept(ServerSocket socket) {
    listening = socket;
    run(
        () -> {
          while (true) {
            Socket near = socket.accept();
            Socket far = new Socket(server.getHost(), server.getPort());
            synchronized (this) {
              open.add(near);
              open.add(far);
            }
            run(() -> pump(near, far));
            run(() -> pump(far, near));
          }
        });
  }

  private interface Work {
    void go() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.go();
              } catch (IOException e) {
                // Cut, shut, or one side has hung up: nothing more to carry.
                return;
              }
            },
            "api-door");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        while (frozen) {
          Until.pause(10);
        }
        out.write(chunk, 0, read);
      }
    }
  }

  /** Breaks every connection; new ones are possible at once. */
  synchronized void cut() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }

  /** As if no API server ran: connections break and new ones are refused. */
  synchronized void shut() {
    if (listening != null) {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      listening = null;
    }
    cut();
  }

  void reopen() {
    try {
      accept(listen(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections stay, and nothing comes through them any more. */
  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
  }

  @Override
  public void close() {
    frozen = false;
    shut();
  }
}
