package dev.usher.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One atomic step: a Lua file with the shared prelude before it, known to Redis by its digest.
 *
 * @param name the file's name without its ending
 * @param text what Redis runs
 * @param sha1 the digest Redis knows it by
 */
record Script(String name, String text, String sha1) {
  static final Script ARRIVE = load("arrive");
  static final Script SEE = load("see");
  static final Script MERGE = load("merge");
  static final Script CALL = load("call");
  static final Script CLAIM = load("claim");
  static final Script STAY = load("stay");
  static final Script LEAVE = load("leave");
  static final Script LINE = load("line");
  static final Script LEAD = load("lead");
  static final Script PAUSE = load("pause");
  static final Script RESET = load("reset");
  static final Script ROLL = load("roll");
  static final Script COPY = load("copy");
  static final Script RESTORE = load("restore");
  static final Script ENLIST = load("enlist");
  static final Script NUMBER = load("number");
  static final Script SHARE = load("share");
  static final Script GRANT = load("grant");
  static final Script GIVE_UP = load("giveup");
  static final Script PROVEN = load("proven");
  static final Script WORK = load("work");

  private static Script load(String name) {
    String text = read("prelude") + "\n" + read(name);
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(name, text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }

  private static String read(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("The script " + name + ".lua is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
