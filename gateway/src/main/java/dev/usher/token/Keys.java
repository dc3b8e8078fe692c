package dev.usher.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that sign tickets and passes: the first signs, all verify, so that keys can be changed
 * while visitors hold tokens.
 *
 * <p>Tickets and passes are signed with keys derived from these, never with these: an origin that
 * was given the key of passes can check them, but can neither make tickets nor find the original
 * key.
 */
public final class Keys {
  /** A shorter key than the hash would be the weakest part (RFC 7518, section 3.2). */
  static final int BYTES_MIN = 32;

  /** Enough for any rotation; trying an unknown token costs a look at every id. */
  static final int KEYS_MAX = 8;

  /** An id is sent with every token, so it is kept short. */
  static final int ID_MAX = 16;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + ID_MAX + "}");
  private static final String ALGORITHM = "HmacSHA256";
  private static final String FIX = "; \"usher key\" prints a new one";

  private final List<Key> keys;

  private Keys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** One key's id, and the keys derived from it. */
  record Key(String id, SecretKey forTickets, SecretKey forPasses) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * Reads keys, each {@code id:base64url}, separated by lines or commas; {@code #} starts a comment
   * to the end of the line.
   *
   * @throws IllegalArgumentException if a key cannot be used; the message never holds a secret
   */
  public static Keys parse(String text) {
    List<Key> keys = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int comment = line.indexOf('#');
      for (String entry : (comment < 0 ? line : line.substring(0, comment)).split(",", -1)) {
        if (!entry.isBlank()) {
          add(keys, entry.strip());
        }
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("There must be at least one key but was none" + FIX);
    }
    return new Keys(keys);
  }

  /** A key that nobody knows and that is gone with the process. */
  public static Keys random(SecureRandom chance) {
    return parse(newKey(chance));
  }

  /** A new key, as {@link #parse} reads it. */
  public static String newKey(SecureRandom chance) {
    byte[] id = new byte[6];
    byte[] secret = new byte[BYTES_MIN];
    chance.nextBytes(id);
    chance.nextBytes(secret);
    return Base64Url.encode(id) + ":" + Base64Url.encode(secret);
  }

  private static void add(List<Key> keys, String entry) {
    int colon = entry.indexOf(':');
    String id = entry.substring(0, Math.max(0, colon));
    if (!ID.matcher(id).matches()) {
      // What was written may be the secret itself, so the message tells only its position.
      throw new IllegalArgumentException(
          "Key " + (keys.size() + 1) + " must be id:base64url, the id matching " + ID + FIX);
    }
    if (keys.stream().anyMatch(key -> key.id().equals(id))) {
      throw new IllegalArgumentException(
          "The ids of keys must differ but \"" + id + "\" was there twice: rename or remove one");
    }
    if (keys.size() == KEYS_MAX) {
      throw new IllegalArgumentException(
          "There must be at most " + KEYS_MAX + " keys: remove those no longer in use");
    }
    byte[] secret = Base64Url.decode(entry.substring(colon + 1));
    if (secret == null) {
      throw new IllegalArgumentException(
          "Key \"" + id + "\" must be base64url without padding but was something else" + FIX);
    }
    if (secret.length < BYTES_MIN) {
      throw new IllegalArgumentException(
          ("Key \"" + id + "\" must be at least " + BYTES_MIN + " bytes but was ")
              + (secret.length + FIX));
    }
    keys.add(new Key(id, derive(secret, "usher ticket v1"), derive(secret, "usher pass v1")));
  }

  /**
   * HKDF-Expand of RFC 5869 for one block. Its first step, Extract, is left out as section 3.3
   * allows, because the key is uniformly random already.
   */
  private static SecretKey derive(byte[] secret, String label) {
    Mac mac = mac(new SecretKeySpec(secret, ALGORITHM));
    mac.update(label.getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 1);
    return new SecretKeySpec(mac.doFinal(), ALGORITHM);
  }

  /** An HMAC-SHA-256 with this key. */
  static Mac mac(SecretKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform must have HmacSHA256", e);
    }
  }

  /** All keys, the signing one first. */
  List<Key> all() {
    return keys;
  }

  /** Only the ids, because the keys are secret. */
  @Override
  public String toString() {
    return "Keys" + keys;
  }
}
