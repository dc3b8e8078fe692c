package dev.usher.store.redis;

import dev.usher.store.StoreUnavailableException;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/** What a script answered: a list of words, numbers as text, and bits. */
final class Answer {
  private final Response list;

  Answer(Response list) {
    this.list = list;
  }

  String word(int index) {
    return item(index).toString();
  }

  long number(int index) {
    return Long.parseLong(word(index));
  }

  int count(int index) {
    return Math.toIntExact(number(index));
  }

  /** Bits; null for none. */
  byte @Nullable [] bits(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    return item == null ? null : item.toBytes();
  }

  /** The present view of the queue, the second item of every script that has one. */
  View view() {
    return View.of(new Answer(item(1)));
  }

  private Response item(int index) {
    Response item = index < list.size() ? list.get(index) : null;
    if (item == null) {
      throw new StoreUnavailableException("Redis answered without item " + index + ": " + list);
    }
    return item;
  }
}
