package dev.usher;

import dev.usher.store.redis.TestRedis;
import org.junit.jupiter.api.Tag;

/** The evening with the line in Redis. */
@Tag("redis")
class EveningInRedisTest extends EveningContract {
  @Override
  String store() {
    return "store: {redis: {url: '" + TestRedis.fresh() + "'}}\n";
  }
}
