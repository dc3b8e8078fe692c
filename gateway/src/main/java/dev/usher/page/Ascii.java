package dev.usher.page;

import java.util.Arrays;

/** A buffer of prepared bytes and digits, put one after the other. */
final class Ascii {
  private byte[] bytes;
  private int length;

  Ascii(int capacity) {
    bytes = new byte[capacity];
  }

  Ascii put(byte[] more) {
    return put(more, 0, more.length);
  }

  Ascii put(byte[] more, int from, int many) {
    reserve(many);
    System.arraycopy(more, from, bytes, length, many);
    length += many;
    return this;
  }

  Ascii put(byte one) {
    reserve(1);
    bytes[length++] = one;
    return this;
  }

  /** The number's digits; it must not be negative. */
  Ascii put(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  int length() {
    return length;
  }

  /** Copies what stands from one place to another into these bytes. Returns where that ends. */
  int copy(int from, int to, byte[] into, int at) {
    System.arraycopy(bytes, from, into, at, to - from);
    return at + to - from;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }
}
