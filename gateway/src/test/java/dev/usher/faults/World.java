package dev.usher.faults;

import dev.usher.store.redis.OwnRedis;
import dev.usher.visit.Site;
import dev.usher.visit.VisitTokens;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Replicas, pods and a store of one run, each with a way of its own to the store. */
final class World implements AutoCloseable {
  /** A session lasts so long from its last request. */
  static final long SESSION_MILLIS = 10_000;

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();

  /** Of what visitors meet: a crowd that keeps its own threads busy does not slow the network. */
  private final Vertx surroundings = Vertx.vertx();

  private final History history = new History(new Time());
  private final List<FaultPod> pods;
  private final List<FaultProxy> ways = new ArrayList<>();
  private final List<ReplicaProcess> replicas = new CopyOnWriteArrayList<>();
  private final List<OwnRedis> stores = new ArrayList<>();
  private final Street street = new Street();
  private final OpsWatch ops;

  /**
   * How large it is.
   *
   * @param pods how many pods
   * @param sessionsPerPod sessions that each is declared to bear
   * @param inFlightPerPod requests that each may have in flight
   * @param poll how often visitors ask
   * @param clockOffsets by how much each replica's clock is ahead, in milliseconds
   */
  record Size(
      int pods, int sessionsPerPod, int inFlightPerPod, String poll, List<Long> clockOffsets) {
    Size at(List<Long> offsets) {
      return new Size(pods, sessionsPerPod, inFlightPerPod, poll, offsets);
    }

    /** The sessions that are let in: nine tenths of what is declared. */
    int capacity() {
      return pods * sessionsPerPod * 9 / 10;
    }
  }

  World(Path folder, Size size) {
    this.folder = folder;
    this.ops = new OpsWatch(surroundings, history, replicas);
    this.pods =
        IntStream.range(0, size.pods())
            .mapToObj(pod -> new FaultPod(surroundings, history, size.inFlightPerPod()))
            .toList();
    try {
      Files.writeString(folder.resolve("keys"), VisitTokens.KEY);
      OwnRedis store = another();
      for (int i = 0; i < size.clockOffsets().size(); i++) {
        FaultProxy way = new FaultProxy(surroundings, store.url());
        ways.add(way);
        replicas.add(new ReplicaProcess(i, folder, yaml(size, way), size.clockOffsets().get(i)));
      }
      replicas.forEach(ReplicaProcess::awaitListening);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private String yaml(Size size, FaultProxy way) {
    return """
    keys: {file: '%s'}
    store: {redis: {url: '%s'}}
    upstreams:
      shop:
        pods: ['%s']
        sessionsPerPod: %d
        requestsPerSecondPerPod: 10000
        maxInFlightPerPod: %d
        connectTimeout: 5s
        requestTimeout: 10s
        admission: {warmUp: 0s, warmUpRequests: 0, startAt: 1, surviveLossOf: 0}
        probe: {path: /healthz, interval: 500ms, timeout: 10s}
    rooms:
      concert: {poll: %s, offer: %s, session: {timeout: %dms, max: 10m}, joinsPerAddress: 0}
    """
        .formatted(
            folder.resolve("keys"),
            way.url(),
            String.join("', '", pods.stream().map(FaultPod::url).toList()),
            size.sessionsPerPod(),
            size.inFlightPerPod(),
            size.poll(),
            size.poll().contains("6s") ? "8s" : "3s",
            SESSION_MILLIS);
  }

  /** One more store, empty, in a folder of its own. */
  OwnRedis another() {
    try {
      Path own = Files.createDirectory(folder.resolve("store-" + stores.size()));
      OwnRedis store = new OwnRedis(own);
      stores.add(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The store that all ways lead to. */
  OwnRedis store() {
    return stores.get(stores.size() - 1);
  }

  /** Forgets what the store has written to its disk. */
  void forgetDump() {
    try {
      Files.deleteIfExists(folder.resolve("store-" + (stores.size() - 1)).resolve("dump.rdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the visitors. */
  Vertx vertx() {
    return vertx;
  }

  /** Of everything else in this process. */
  Vertx surroundings() {
    return surroundings;
  }

  /** The replicas as visitors see them, at the end of the street. */
  Site site() {
    return new Site() {
      @Override
      public int doors() {
        return replicas.size();
      }

      @Override
      public SocketAddress door(int number) {
        return SocketAddress.inetSocketAddress(
            replicas.get(number).ports().visitors(), "127.0.0.1");
      }

      @Override
      public boolean isOpenTo(int visitor) {
        return street.isOpenTo(visitor);
      }
    };
  }

  Street street() {
    return street;
  }

  History history() {
    return history;
  }

  Time time() {
    return history.time();
  }

  List<FaultPod> pods() {
    return pods;
  }

  /** The ways to the store, one for each replica. */
  List<FaultProxy> ways() {
    return ways;
  }

  List<ReplicaProcess> replicas() {
    return replicas;
  }

  ReplicaProcess leader() {
    return ops.leader();
  }

  /** The numbers of all replicas. */
  List<Integer> everyone() {
    return replicas.stream().map(ReplicaProcess::number).toList();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    ops.end();
    replicas.forEach(ReplicaProcess::close);
    stores.forEach(OwnRedis::close);
    vertx.close().await();
    surroundings.close().await();
  }
}
