package dev.usher.store.redis.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the nodes of a cluster which of them owns a slot. */
final class ClusterNodes implements MasterLocator {
  /** Nodes asked at once: one that hangs or was cut off does not keep the others from telling. */
  private static final int ASKED = 3;

  private final ConnectionFactory connections;
  private final RandomGenerator chance;
  private final Set<Address> known = new LinkedHashSet<>();

  ClusterNodes(
      ConnectionFactory connections, RedisServers.Cluster options, RandomGenerator chance) {
    this.connections = connections;
    this.chance = chance;
    options.urls().forEach(url -> known.add(Address.of(url)));
  }

  @Override
  public Future<Address> find(String tag) {
    int slot = ClusterSlot.of(tag);
    Promise<Address> owner = Promise.promise();
    List<Future<Address>> asked = new ArrayList<>();
    for (Address node : some()) {
      Future<Address> answer = ask(node, slot);
      // The first that knows; an answer is also that of an old master that nobody told.
      answer.onSuccess(owner::tryComplete);
      asked.add(answer);
    }
    // Fails when all did.
    Future.any(asked).onFailure(owner::tryFail);
    return owner.future();
  }

  /** Others at each time, so that what one node believes does not decide for ever. */
  private List<Address> some() {
    List<Address> all = new ArrayList<>(known);
    List<Address> some = new ArrayList<>();
    while (!all.isEmpty() && some.size() < ASKED) {
      some.add(all.remove(chance.nextInt(all.size())));
    }
    return some;
  }

  private Future<Address> ask(Address node, int slot) {
    return connections
        .openAny(node)
        .compose(
            connection ->
                connections
                    .inTime(connection.send(Request.cmd(Command.CLUSTER).arg("SLOTS")))
                    .onComplete(any -> connection.close()))
        .map(
            ranges -> {
              Address owner = owner(node, ranges, slot);
              if (owner == null) {
                throw new StoreTroubleException(
                    StoreTrouble.Kind.CLUSTER_DOWN, "CLUSTERDOWN: no node owns slot " + slot);
              }
              return owner;
            });
  }

  /** Each range is {first, last, master, replicas...}, and a node begins with host and port. */
  private @Nullable Address owner(Address node, Response ranges, int slot) {
    Address owner = null;
    for (Response range : ranges) {
      for (int i = 2; i < range.size(); i++) {
        Response each = range.get(i);
        Response host = each.get(0);
        Address at = node.other(host == null ? "" : host.toString(), number(each, 1));
        known.add(at);
        if (i == 2 && number(range, 0) <= slot && slot <= number(range, 1)) {
          owner = at;
        }
      }
    }
    return owner;
  }

  private static int number(Response list, int index) {
    return Integer.parseInt(list.get(index).toString());
  }
}
