package dev.usher.config;

import dev.usher.config.schema.Origin;
import dev.usher.config.schema.Problems;
import dev.usher.config.schema.Settings;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.token.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code store} and {@code keys}, whose secrets may come from the environment. */
final class StoreReader {
  static final String KEY = "USHER_KEY";

  private final Map<String, String> environment;
  private final Problems problems;

  StoreReader(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  @Nullable RedisOptions redis(Settings root) {
    Settings redis = root.group("store").groupIfSet("redis");
    return redis == null ? null : new RedisReader(environment).read(redis);
  }

  /** The signing keys; null if none were given, which only the store inside the process allows. */
  @Nullable Keys keys(Settings root) {
    Settings keys = root.group("keys");
    String given = environment.get(KEY);
    if (given != null && !given.isBlank()) {
      return parse(given, KEY, new Origin.Named(KEY));
    }
    if (keys.isSet("file")) {
      return fromFile(keys);
    }
    if (root.group("store").groupIfSet("redis") != null) {
      keys.refuseMissing(
          "file",
          "must be set for a shared store, or each replica would refuse the tickets of the others:"
              + " run \"usher key > keys\" once and name that file, or set USHER_KEY on every"
              + " replica");
    } else {
      keys.warn(
          "file",
          "is not set, nor USHER_KEY here: a random key is used, and tickets and passes end with"
              + " this process; \"usher key\" prints a lasting one");
    }
    return null;
  }

  private @Nullable Keys fromFile(Settings keys) {
    String file = keys.text("file");
    try {
      if (ListenReader.isReadableFile(file)) {
        return parse(Files.readString(Path.of(file)), keys.path("file"), keys.origin("file"));
      }
    } catch (IOException e) {
      // Gone or unreadable between the check and the reading: the same complaint.
    }
    keys.refuseMissing(
        "file",
        "must be a text file that this process can read but was "
            + ListenReader.unread(file)
            + ": \"usher key\" prints a key for it; where the keys are not, check everything else"
            + " by USHER_KEY=$(usher key) usher check FILE");
    return null;
  }

  private @Nullable Keys parse(String text, String path, Origin origin) {
    try {
      return Keys.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add(path, origin, "must hold keys but does not: " + e.getMessage());
      return null;
    }
  }
}
