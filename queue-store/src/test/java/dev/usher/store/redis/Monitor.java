package dev.usher.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hears every command that Redis carries out, those of scripts among them. */
final class Monitor implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader lines;
  private int scripts;

  Monitor(URI url) {
    try {
      socket = new Socket(url.getHost(), url.getPort());
      socket.setSoTimeout(10_000);
      lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      socket.getOutputStream().write("MONITOR\r\n".getBytes(ISO_8859_1));
      lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keys that scripts touched without having been given them, until somebody says this. */
  List<String> keysNotGivenUntil(String last) {
    List<String> wrong = new ArrayList<>();
    Set<String> given = Set.of();
    try {
      for (String line = lines.readLine(); !line.contains(last); line = lines.readLine()) {
        String[] words = line.substring(line.indexOf('"') + 1).split("\" \"", -1);
        words[words.length - 1] = words[words.length - 1].replaceAll("\"$", "");
        if (words[0].equalsIgnoreCase("EVALSHA") || words[0].equalsIgnoreCase("EVAL")) {
          scripts++;
          given = keys(words);
        } else if (line.contains(" lua] ")) {
          for (String word : words) {
            if (word.startsWith("usher:") && !given.contains(word)) {
              wrong.add(words[0] + " " + word);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wrong;
  }

  private static Set<String> keys(String[] words) {
    int count = Integer.parseInt(words[2]);
    return Set.copyOf(List.of(words).subList(3, 3 + count));
  }

  int scripts() {
    return scripts;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
