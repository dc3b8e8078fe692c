package dev.usher.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}; a bare address is a block
 * of one.
 */
public final class Cidr {
  private final byte[] network;
  private final int prefix;

  private Cidr(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Reads a block. Never asks a name server.
   *
   * @throws IllegalArgumentException if the text is not a block of addresses
   */
  public static Cidr of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (isNoAddress(address)) {
      throw new IllegalArgumentException(wrong(text));
    }
    try {
      byte[] network = InetAddress.getByName(address).getAddress();
      int bits = network.length * 8;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bits) {
        throw new IllegalArgumentException(wrong(text));
      }
      return new Cidr(network, prefix);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
  }

  /**
   * Whether the text has a character that no literal address has, so that a name server might be
   * asked.
   */
  static boolean isNoAddress(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = c <= 'f' && Character.digit(c, 16) >= 0;
      if (!hex && c != '.' && c != ':') {
        return true;
      }
    }
    return text.isEmpty();
  }

  private static String wrong(String text) {
    return "A block of addresses must look like 10.0.0.0/8 or fd00::/8 but was \"" + text + "\"";
  }

  /** Whether it is every address there is, of its kind. */
  public boolean isEverybody() {
    return prefix == 0;
  }

  /** Whether the address lies in this block. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
      if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
