package dev.usher.faults;

import java.util.List;
import java.util.Locale;

/** What can happen between visitors and Usher, while gateways and the store are well. */
enum StreetFault implements Fault {
  /** All at once, as when a certificate is over. */
  INGRESS_CUT {
    @Override
    void befall(World world, long until) {
      world.street().cut(100);
      world.time().await(until);
    }
  },
  /** By and by, as when one node of an ingress after the other fails. */
  INGRESS_FADES {
    @Override
    void befall(World world, long until) {
      for (int reached : List.of(60, 35, 20)) {
        world.street().cut(100 - reached);
        world.time().await(Math.min(until, world.time().now() + STEP_MILLIS));
      }
      world.street().cut(100);
      world.time().await(until);
    }
  };

  private static final long STEP_MILLIS = 20_000;

  /** A visitor asks again, and a busy machine. */
  private static final long RESUMES_MILLIS = 1250 + 1750;

  abstract void befall(World world, long until);

  @Override
  public Harm strike(World world, long millis) {
    befall(world, world.time().now() + millis);
    world.street().cut(0);
    return new Harm(world.everyone(), world.everyone());
  }

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean hitsStore() {
    return false;
  }

  @Override
  public boolean leavesUnheard() {
    return false;
  }

  @Override
  public long resumesWithinMillis() {
    return RESUMES_MILLIS;
  }
}
