package dev.usher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The file of a gateway that runs, written anew while it does. */
final class LiveFile {
  private static final String LISTEN = "listen: {host: 127.0.0.1, port: 0}\n";
  private static final String OPS = "ops: {host: 127.0.0.1, port: 0}\n";

  private final Path file;
  private final Gateway gateway;

  LiveFile(Stage stage, Path folder, String yaml) {
    this.file = folder.resolve("gateway.yaml");
    write(file, yaml);
    this.gateway = stage.watching(file);
  }

  /** Of a file that somebody else writes. */
  LiveFile(Stage stage, Path file) {
    this.file = file;
    this.gateway = stage.watching(file);
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.port();
  }

  /** The same, on free ports, into this file. */
  static void write(Path file, String yaml) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
      Files.writeString(fresh, OPS + (yaml.contains("listen:") ? "" : LISTEN) + yaml);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes this, and waits until the gateway has looked at it and decided. */
  JsonObject becomes(String yaml) {
    write(file, yaml);
    return judged();
  }

  /** Waits until what the file says by now was looked at, and tells what became of it. */
  JsonObject judged() {
    String sha256 = sha256();
    Stage.within(20, "the file is looked at", () -> sha256.equals(told().getString("fingerprint")));
    return told();
  }

  /** What the ops port says of it. */
  JsonObject told() {
    return operator().fetches("/api/config").json();
  }

  Guest operator() {
    return new Guest(gateway.opsPort());
  }

  /** One word of each entry of a list in what is told. */
  static String all(JsonArray list, String word) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      all.append(i == 0 ? "" : "\n").append(list.getJsonObject(i).getString(word));
    }
    return all.toString();
  }

  private String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
