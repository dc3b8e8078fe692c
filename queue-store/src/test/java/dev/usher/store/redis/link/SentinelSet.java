package dev.usher.store.redis.link;

import dev.usher.house.Wait;
import dev.usher.store.redis.OwnRedis;
import dev.usher.store.redis.RedisWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A master, its replica and three sentinels of one test's own, on this machine. */
public final class SentinelSet implements AutoCloseable {
  public static final String NAME = "shop";

  private final List<OwnRedis> servers = new ArrayList<>();
  private final List<OwnRedis> sentinels = new ArrayList<>();

  /** Starts them, and waits until all know of each other. */
  public SentinelSet(Path folder) {
    OwnRedis master = new OwnRedis(folder(folder, "server-0"));
    servers.add(master);
    servers.add(
        new OwnRedis(
            folder(folder, "server-1"),
            "--replicaof",
            "127.0.0.1 " + master.port,
            "--repl-diskless-sync-delay",
            "0"));
    // A sentinel that does not find the replica at once looks again 10 s later.
    until(() -> RedisWire.ask(servers.get(1).url(), "INFO").contains("master_link_status:up"));
    for (int i = 0; i < 3; i++) {
      Path own = folder(folder, "sentinel-" + i);
      sentinels.add(OwnRedis.sentinel(own, write(own, master.port)));
    }
    for (OwnRedis each : sentinels) {
      until(() -> info(each).contains("slaves=1,sentinels=3"));
    }
  }

  private static Path write(Path folder, int masterPort) {
    String settings =
        """
        sentinel monitor NAME 127.0.0.1 PORT 2
        sentinel down-after-milliseconds NAME 1000
        sentinel failover-timeout NAME 3000
        """;
    try {
      return Files.writeString(
          folder.resolve("sentinel.conf"),
          settings.replace("NAME", NAME).replace("PORT", Integer.toString(masterPort)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder(Path folder, String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String info(OwnRedis sentinel) {
    return RedisWire.ask(sentinel.url(), "INFO", "sentinel");
  }

  /** How a replica of Usher reaches it. */
  public RedisServers.Sentinel servers() {
    return new RedisServers.Sentinel(NAME, sentinels.stream().map(OwnRedis::url).toList());
  }

  /** Both servers; the first was the master in the beginning. */
  public List<OwnRedis> all() {
    return List.copyOf(servers);
  }

  public List<OwnRedis> sentinels() {
    return List.copyOf(sentinels);
  }

  /** The master by what most sentinels say, never mind whether it lives. */
  public OwnRedis master() {
    for (OwnRedis server : servers) {
      String address = "address=127.0.0.1:" + server.port + ",";
      if (sentinels.stream().filter(s -> info(s).contains(address)).count() > 1) {
        return server;
      }
    }
    throw new IllegalStateException("No master that two sentinels agree on");
  }

  /** Waits until the sentinels have made this the master, and it knows. */
  public void awaitMaster(OwnRedis server) {
    until(() -> master() == server && isMaster(server.url()));
  }

  private static boolean isMaster(URI url) {
    return RedisWire.ask(url, "INFO", "replication").contains("role:master");
  }

  public static void until(java.util.function.BooleanSupplier met) {
    Wait.until("the servers agree", met);
  }

  @Override
  public void close() {
    sentinels.forEach(OwnRedis::close);
    servers.forEach(OwnRedis::close);
  }
}
