package dev.usher.pods.roster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A number for a pod that every replica works out by itself, even after a restart. */
final class PodLabel {
  private PodLabel() {}

  /**
   * The label, never 0.
   *
   * @param identity the pod's uid, or its address if it has none
   */
  static long of(String identity) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      long label = ByteBuffer.wrap(hash).getLong();
      return label == 0 ? 1 : label;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must have SHA-256", e);
    }
  }
}
