package dev.usher.store.redis.link;

import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisWire;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A cluster of one test's own, on this machine: three masters, and a replica of each. */
public final class ClusterSet implements AutoCloseable {
  private static final int SHARDS = 3;

  /** The masters of the beginning, then the replica of each. */
  private final List<OwnRedis> nodes = new ArrayList<>();

  /** Starts it, and waits until it is whole. */
  public ClusterSet(Path folder) {
    for (int i = 0; i < 2 * SHARDS; i++) {
      nodes.add(
          new OwnRedis(
              SentinelSet.folder(folder, "node-" + i),
              "--cluster-enabled",
              "yes",
              "--cluster-port",
              "{bus}",
              "--cluster-node-timeout",
              "1000",
              "--cluster-require-full-coverage",
              "no",
              "--repl-diskless-sync-delay",
              "0"));
    }
    join();
  }

  private void join() {
    OwnRedis first = nodes.get(0);
    for (OwnRedis each : nodes.subList(1, nodes.size())) {
      String[] meet = {
        "CLUSTER", "MEET", "127.0.0.1", Integer.toString(each.port), Integer.toString(each.busPort)
      };
      RedisWire.ask(first.url(), meet);
    }
    for (int i = 0; i < SHARDS; i++) {
      int from = i * ClusterSlot.COUNT / SHARDS;
      int to = (i + 1) * ClusterSlot.COUNT / SHARDS - 1;
      ask(nodes.get(i), "CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
    }
    for (OwnRedis each : nodes) {
      SentinelSet.until(() -> ask(each, "CLUSTER", "NODES").lines().count() == nodes.size());
    }
    for (int i = 0; i < SHARDS; i++) {
      String master = id(nodes.get(i));
      OwnRedis replica = nodes.get(SHARDS + i);
      SentinelSet.until(() -> ask(replica, "CLUSTER", "NODES").contains(master));
      ask(replica, "CLUSTER", "REPLICATE", master);
    }
    for (OwnRedis each : nodes) {
      SentinelSet.until(() -> isWhole(each));
    }
  }

  private static boolean isWhole(OwnRedis node) {
    String info = ask(node, "CLUSTER", "INFO");
    String replication = ask(node, "INFO", "replication");
    return info.contains("cluster_state:ok")
        && info.contains("cluster_slots_ok:" + ClusterSlot.COUNT)
        && ask(node, "CLUSTER", "NODES").lines().filter(l -> l.contains("slave")).count() == SHARDS
        && (replication.contains("role:master") || replication.contains("link_status:up"));
  }

  private static String ask(OwnRedis node, String... command) {
    return RedisWire.ask(node.url(), command);
  }

  private static String id(OwnRedis node) {
    return ask(node, "CLUSTER", "MYID");
  }

  /** How a replica of Usher reaches it: by two nodes, which know the others. */
  public RedisServers.Cluster servers() {
    return new RedisServers.Cluster(List.of(nodes.get(0).url(), nodes.get(4).url()));
  }

  /** The masters of the beginning, then the replica of each. */
  public List<OwnRedis> nodes() {
    return List.copyOf(nodes);
  }

  /** Number of the shard, from 0, in which the upstream's keys lay in the beginning. */
  public static int shardOf(String upstream) {
    return Math.min(
        SHARDS - 1, (ClusterSlot.of(upstream) * SHARDS + SHARDS - 1) / ClusterSlot.COUNT);
  }

  /** Waits until this node leads its shard. */
  public void awaitMaster(OwnRedis node) {
    SentinelSet.until(() -> ask(node, "CLUSTER", "NODES").contains("myself,master"));
  }

  /** Begins to move the upstream's slot; its keys stay where they are. */
  public void beginMove(String upstream, OwnRedis from, OwnRedis to) {
    String slot = Integer.toString(ClusterSlot.of(upstream));
    ask(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    ask(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
  }

  /** Moves the keys, then the slot. */
  public void endMove(String upstream, OwnRedis from, OwnRedis to) {
    String slot = Integer.toString(ClusterSlot.of(upstream));
    for (String keys = keys(from, slot); !keys.isEmpty(); keys = keys(from, slot)) {
      List<String> migrate = new ArrayList<>(List.of("MIGRATE", "127.0.0.1"));
      migrate.addAll(List.of(Integer.toString(to.port), "", "0", "5000", "KEYS"));
      migrate.addAll(keys.lines().toList());
      ask(from, migrate.toArray(String[]::new));
    }
    String id = id(to);
    ask(to, "CLUSTER", "SETSLOT", slot, "NODE", id);
    ask(from, "CLUSTER", "SETSLOT", slot, "NODE", id);
  }

  private static String keys(OwnRedis node, String slot) {
    return ask(node, "CLUSTER", "GETKEYSINSLOT", slot, "100");
  }

  /** Where the first node of the beginning is. */
  URI url() {
    return nodes.get(0).url();
  }

  @Override
  public void close() {
    nodes.forEach(OwnRedis::close);
  }
}
