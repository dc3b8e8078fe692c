package dev.usher.config;

import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Setting;
import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Kind;
import dev.usher.config.schema.Setting.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces {@code store.redis.url} by {@code USHER_REDIS_URL}, before anything is checked. */
final class SecretOverrides {
  private SecretOverrides() {}

  static Group apply(Group root, Map<String, String> environment) {
    String url = environment.get(RedisReader.URL);
    if (url == null || url.isBlank()) {
      return root;
    }
    Origin origin = new Origin.Named(RedisReader.URL);
    Setting store = root.settings().get("store");
    Group redis = with(at(store, "redis"), "url", new Scalar(origin, Kind.TEXT, url), origin);
    return with(root, "store", with(store, "redis", redis, origin), origin);
  }

  private static @Nullable Setting at(@Nullable Setting group, String key) {
    return group instanceof Group written ? written.settings().get(key) : null;
  }

  private static Group with(@Nullable Setting group, String key, Setting value, Origin otherwise) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    Origin origin = otherwise;
    if (group instanceof Group written) {
      settings.putAll(written.settings());
      origin = written.origin();
    }
    settings.put(key, value);
    return new Group(origin, settings);
  }
}
