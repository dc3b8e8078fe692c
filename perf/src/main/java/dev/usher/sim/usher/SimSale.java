package dev.usher.sim.usher;

import dev.usher.sale.SaleEvent;
import dev.usher.sale.SaleTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A sale that Usher is told of before.
 *
 * @param gathersFrom from when on its visitors gather, in seconds since the run began
 * @param opensAt when they are let in, likewise
 * @param visitors how many are expected
 * @param within time in which all of them should be in, in seconds
 */
public record SimSale(double gathersFrom, double opensAt, long visitors, double within) {
  private static final int SCALE_IN = 10;

  /** The same in the product's words. */
  SaleEvent event() {
    return new SaleEvent(
        "room-0",
        "sale",
        new SaleEvent.Times(at(gathersFrom), at(opensAt), null),
        new SaleEvent.Size(0, visitors, Duration.ofSeconds((long) within)),
        Duration.ofMinutes(2),
        Duration.ofMinutes(2),
        SCALE_IN);
  }

  private static SaleTime at(double seconds) {
    Instant then = Instant.ofEpochMilli(Replica.EPOCH_MILLIS + (long) (1000 * seconds));
    return new SaleTime(LocalDateTime.ofInstant(then, ZoneOffset.UTC), ZoneOffset.UTC);
  }
}
