package dev.usher.faults;

import dev.usher.store.redis.OwnRedis;
import dev.usher.visit.VisitTokens;
import java.util.List;
import java.util.Locale;

/** What can happen to the store, or to all ways to it. */
enum StoreFault implements Fault {
  KILLED_EMPTY {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.store().kill();
      world.forgetDump();
      world.time().await(until);
      world.store().start();
    }
  },
  /** Comes back with what it had a while before it was lost. */
  OLD_DUMP {
    @Override
    void befall(World world, long millis) {
      world.store().ask("SAVE");
      world.time().await(world.time().now() + millis);
      world.store().kill();
      world.time().await(world.time().now() + AWAY_MILLIS);
      world.store().start();
    }
  },
  FLUSHALL {
    @Override
    void befall(World world, long millis) {
      world.store().ask("FLUSHALL");
    }
  },
  SCRIPT_FLUSH {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      while (world.time().now() < until) {
        world.store().ask("SCRIPT", "FLUSH");
        world.time().await(world.time().now() + 500);
      }
    }

    @Override
    Harm harm(World world) {
      return Harm.NONE;
    }
  },
  /** The store's replica has not heard of the last writes, and becomes the store. */
  FAILOVER_LOST_WRITES {
    @Override
    void befall(World world, long millis) {
      OwnRedis master = world.store();
      // Else it waits five seconds for more replicas to send the same to.
      master.ask("CONFIG", "SET", "repl-diskless-sync-delay", "0");
      FaultProxy between = new FaultProxy(world.surroundings(), master.url());
      OwnRedis replica = world.another();
      replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(between.port()));
      world
          .time()
          .await(
              world.time().now() + FULL_SYNC_MILLIS,
              () -> replica.ask("INFO", "replication").contains("master_link_status:up"));
      between.silence();
      world.time().await(world.time().now() + millis);
      master.kill();
      world.time().await(world.time().now() + AWAY_MILLIS);
      replica.ask("REPLICAOF", "NO", "ONE");
      world.ways().forEach(way -> way.leadTo(replica.url()));
    }
  },
  FROZEN {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.store().freeze();
      world.time().await(until);
      world.store().thaw();
    }
  },
  ALL_CUT {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.ways().forEach(FaultProxy::cut);
      world.time().await(until);
      world.ways().forEach(FaultProxy::mend);
    }
  },
  DELAY_500MS {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.ways().forEach(way -> way.delay(500));
      world.time().await(until);
      world.ways().forEach(FaultProxy::mend);
    }
  },
  /** A cache's settings on a store: keys are thrown out when memory runs short. */
  EVICTION {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.store().ask("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
      world.store().ask("CONFIG", "SET", "maxmemory", "1mb");
      world.time().await(until);
      world.store().ask("CONFIG", "SET", "maxmemory", "0");
      world.store().ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  },
  /** Somebody else's key at our name, until an operator takes it away. */
  WRONG_TYPE {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.store().ask("SET", STATE, "x");
      world.time().await(until);
      world.store().ask("DEL", STATE);
    }
  },
  /** The store and every replica are lost together. */
  ALL_DOWN {
    @Override
    void befall(World world, long millis) {
      long until = world.time().now() + millis;
      world.store().kill();
      world.forgetDump();
      world.replicas().forEach(ReplicaProcess::kill);
      world.time().await(until);
      world.store().start();
      world.replicas().forEach(ReplicaProcess::launch);
      world.replicas().forEach(ReplicaProcess::awaitListening);
    }

    @Override
    Harm harm(World world) {
      return new Harm(world.everyone(), world.everyone());
    }

    @Override
    public long resumesWithinMillis() {
      return WINDOW_MILLIS + 3000 + SLACK_MILLIS;
    }
  };

  private static final String STATE = "usher:{shop}:" + VisitTokens.ROOM + ":state";
  private static final long AWAY_MILLIS = 1000;
  private static final long FULL_SYNC_MILLIS = 10_000;

  /** The presence window of the room, which is as short as may be. */
  private static final long WINDOW_MILLIS = 60_000;

  /** A new connection, one poll of the next in line, and a busy machine. */
  private static final long SLACK_MILLIS = 1000 + 1250 + 1750;

  /** Replicas bring back what they know within three seconds. */
  private static final long RESTORED_MILLIS = 3000;

  abstract void befall(World world, long millis);

  @Override
  public Harm strike(World world, long millis) {
    befall(world, millis);
    return harm(world);
  }

  Harm harm(World world) {
    return new Harm(world.everyone(), List.of());
  }

  @Override
  public String title() {
    return "store-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean hitsStore() {
    return true;
  }

  @Override
  public boolean leavesUnheard() {
    return false;
  }

  @Override
  public long resumesWithinMillis() {
    return RESTORED_MILLIS + SLACK_MILLIS;
  }
}
