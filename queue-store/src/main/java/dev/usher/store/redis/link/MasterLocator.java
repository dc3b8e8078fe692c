package dev.usher.store.redis.link;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** Knows which server to ask. */
interface MasterLocator {
  /** The master that holds this tag's keys now, as far as anybody knows. */
  Future<Address> find(String tag);

  /** Tells of masters that took over while the one before may still answer. */
  default void whenMoved(Consumer<Address> hear) {}

  default void close() {}
}
