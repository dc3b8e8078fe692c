package dev.usher;

import java.util.function.LongSupplier;

/**
 * The clock of a gateway that is a process of its own. Only tests make it wrong, by the system
 * property {@code usher.test.clock.offset}, in milliseconds, ahead of the machine's clock or,
 * negative, behind it. It is not a setting: nobody who runs a gateway needs a wrong clock.
 */
final class TestClock {
  private static final String OFFSET = "usher.test.clock.offset";

  private TestClock() {}

  /** Milliseconds since 1970 by the property; without the property, by the machine. */
  static LongSupplier orSystem() {
    long offset = Long.getLong(OFFSET, 0);
    return offset == 0 ? System::currentTimeMillis : () -> System.currentTimeMillis() + offset;
  }
}
