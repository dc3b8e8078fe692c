package dev.usher.store.redis.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One atomic step, known to Redis by its digest.
 *
 * @param name what it does, for messages
 * @param text what Redis runs
 * @param sha1 the digest Redis knows it by
 */
public record Script(String name, String text, String sha1) {
  public static Script of(String name, String text) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(name, text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
