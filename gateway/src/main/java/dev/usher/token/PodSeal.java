package dev.usher.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The sealed name of a pod in a pass: its visitor learns neither which pod it is, nor whether
 * another visitor is on the same one. The signature makes sure that nobody changes it.
 */
final class PodSeal {
  private static final byte[] LABEL = "usher pod v1 ".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;

  PodSeal(SecretKey key) {
    this.key = key;
  }

  String seal(long pod, String session) {
    return Base64Url.encode(ByteBuffer.allocate(Long.BYTES).putLong(pod ^ mask(session)).array());
  }

  /** The pod that a pass of this session names; 0 for none, or if it cannot be read. */
  long open(@Nullable Object sealed, String session) {
    byte[] bytes = sealed instanceof String text ? Base64Url.decode(text) : null;
    return bytes == null || bytes.length != Long.BYTES
        ? 0
        : ByteBuffer.wrap(bytes).getLong() ^ mask(session);
  }

  private long mask(String session) {
    Mac mac = Keys.mac(key);
    mac.update(LABEL);
    return ByteBuffer.wrap(mac.doFinal(session.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
