package dev.usher.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.StringJoiner;

/** Asks a Redis one question over a connection of its own, without the client under test. */
public final class RedisWire {
  private static final int TIMEOUT_MS = 5_000;

  private RedisWire() {}

  /**
   * The answer as text, a list as lines; an error is thrown. Throws UncheckedIOException when
   * nobody answers.
   */
  public static String ask(URI url, String... command) {
    if (!"redis".equals(url.getScheme())) {
      throw new IllegalArgumentException("A test's Redis must be redis://... but was " + url);
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port(url)), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      Connection connection = new Connection(socket, new DataInputStream(socket.getInputStream()));
      String user = url.getUserInfo();
      if (user != null) {
        String[] parts = user.split(":", 2);
        connection.ask("AUTH", parts[0].isEmpty() ? "default" : parts[0], parts[1]);
      }
      if (url.getPath().length() > 1) {
        connection.ask("SELECT", url.getPath().substring(1));
      }
      return connection.ask(command);
    } catch (IOException e) {
      throw new UncheckedIOException("No answer from Redis at " + url.getHost(), e);
    }
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 6379 : url.getPort();
  }

  private record Connection(Socket socket, DataInputStream in) {
    String ask(String... command) throws IOException {
      StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
      for (String word : command) {
        request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
        request.append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      return answer(String.join(" ", command));
    }

    private String answer(String asked) throws IOException {
      String line = line();
      if (line.startsWith("-")) {
        throw new IllegalStateException(asked + " was refused: " + line);
      }
      if (line.startsWith("*")) {
        StringJoiner list = new StringJoiner("\n");
        for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
          list.add(answer(asked));
        }
        return list.toString();
      }
      if (!line.startsWith("$")) {
        return line.substring(1);
      }
      int length = Integer.parseInt(line.substring(1));
      if (length < 0) {
        return "";
      }
      byte[] text = new byte[length];
      in.readFully(text);
      // The end of the line.
      in.readUnsignedShort();
      return new String(text, UTF_8);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
        line.append((char) c);
      }
      in.readUnsignedByte();
      return line.toString();
    }
  }
}
