package dev.usher.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What can happen to one replica. */
enum ReplicaFault implements Fault {
  KILL_LEADER {
    @Override
    public Harm strike(World world, long millis) {
      return killed(world, world.leader(), millis);
    }
  },
  /** There is no other: the store listens first whether there is. */
  KILL_ALONE {
    @Override
    public Harm strike(World world, long millis) {
      return killed(world, world.leader(), millis);
    }

    @Override
    public long resumesWithinMillis() {
      return RESUMES_MILLIS + START_MILLIS + LISTENS_MILLIS;
    }
  },
  KILL_FOLLOWER {
    @Override
    public Harm strike(World world, long millis) {
      return killed(world, follower(world), millis);
    }
  },
  STOP_LEADER {
    @Override
    public Harm strike(World world, long millis) {
      return stopped(world, world.leader(), millis);
    }
  },
  STOP_FOLLOWER {
    @Override
    public Harm strike(World world, long millis) {
      return stopped(world, follower(world), millis);
    }
  },
  /** The connection to the store is closed and refused. */
  CUT_LEADER {
    @Override
    public Harm strike(World world, long millis) {
      return away(world, world.leader(), FaultProxy::cut, millis);
    }
  },
  /** Nothing comes through to the store, and nothing is closed. */
  SILENCE_LEADER {
    @Override
    public Harm strike(World world, long millis) {
      return away(world, world.leader(), FaultProxy::silence, millis);
    }
  },
  CUT_FOLLOWER {
    @Override
    public Harm strike(World world, long millis) {
      return away(world, follower(world), FaultProxy::cut, millis);
    }
  };

  /** Three seconds until another leads, one poll of the next in line, and a busy machine. */
  private static final long RESUMES_MILLIS = 3000 + 1250 + 1750;

  private static final long START_MILLIS = 6000;
  private static final long LISTENS_MILLIS = 3000;

  private static Harm killed(World world, ReplicaProcess replica, long millis) {
    long until = world.time().now() + millis;
    replica.kill();
    world.time().await(until);
    replica.launch();
    replica.awaitListening();
    return new Harm(List.of(), List.of(replica.number()));
  }

  private static Harm stopped(World world, ReplicaProcess replica, long millis) {
    long until = world.time().now() + millis;
    replica.freeze();
    world.time().await(until);
    replica.thaw();
    return new Harm(List.of(), List.of(replica.number()));
  }

  private static Harm away(
      World world, ReplicaProcess replica, Consumer<FaultProxy> how, long millis) {
    FaultProxy way = world.ways().get(replica.number());
    long until = world.time().now() + millis;
    how.accept(way);
    world.time().await(until);
    way.mend();
    return new Harm(List.of(replica.number()), List.of());
  }

  private static ReplicaProcess follower(World world) {
    int after = (world.leader().number() + 1) % world.replicas().size();
    return world.replicas().get(after);
  }

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean leavesUnheard() {
    return this != KILL_LEADER && this != KILL_FOLLOWER && this != KILL_ALONE;
  }

  @Override
  public boolean hitsStore() {
    return false;
  }

  @Override
  public long resumesWithinMillis() {
    return RESUMES_MILLIS;
  }
}
