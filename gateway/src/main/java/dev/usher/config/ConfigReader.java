package dev.usher.config;

import dev.usher.config.GatewayConfig.Room;
import dev.usher.config.GatewayConfig.Upstream;
import dev.usher.config.schema.Problems;
import dev.usher.config.schema.RefusedConfigException;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.SchemaCheck;
import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Settings;
import dev.usher.config.schema.YamlReader;
import dev.usher.ops.OpsOptions;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.server.ListenOptions;
import dev.usher.store.redis.link.RedisOptions;
import dev.usher.token.Keys;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a {@link GatewayConfig} from a file or from the quick form's flags, or reports everything
 * that is wrong at once: each problem with the setting's path, its value, its line and the fix.
 */
public final class ConfigReader {
  private final Map<String, String> environment;

  /**
   * A reader that takes secrets from these variables.
   *
   * @param environment the environment, of which only {@code USHER_} variables are read
   */
  public ConfigReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The result of reading.
   *
   * @param settings everything as written, without the wrong settings
   * @param config the configuration that follows
   */
  record Reading(Group settings, GatewayConfig config) {}

  /** Reads a file. */
  public GatewayConfig read(Path file) throws RefusedConfigException {
    return read(file.toString(), text(file));
  }

  /** Reads a file for a gateway elsewhere, of whose keys and other files nothing is here. */
  public GatewayConfig readFromAfar(Path file) throws RefusedConfigException {
    ConfigReader elsewhere = new ConfigReader(Map.of());
    return elsewhere.reading(file.toString(), text(file), new Problems(true)).config();
  }

  /** The text of a file that may be a configuration. */
  static String text(Path file) throws RefusedConfigException {
    try {
      if (Files.isDirectory(file)) {
        throw new RefusedConfigException(List.of(file + " must be a file but is a directory"));
      }
      if (Files.size(file) > YamlReader.CHARACTERS_MAX) {
        throw new RefusedConfigException(List.of(file + " must be at most 1 MiB: is it the one?"));
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RefusedConfigException(List.of(file + " must be a file but does not exist"));
    } catch (CharacterCodingException e) {
      throw new RefusedConfigException(List.of(file + " must be text in UTF-8 but is not"));
    } catch (IOException e) {
      throw new RefusedConfigException(List.of(file + " must be readable but is not: " + e));
    }
  }

  /** Reads a text as the file of this name. */
  GatewayConfig read(String file, String text) throws RefusedConfigException {
    return reading(file, text).config();
  }

  /** Reads a text as the file of this name, and keeps what was written. */
  Reading reading(String file, String text) throws RefusedConfigException {
    return reading(file, text, new Problems());
  }

  private Reading reading(String file, String text, Problems problems)
      throws RefusedConfigException {
    YamlReader reader = new YamlReader(file, problems);
    Group written = reader.read(text);
    if (!problems.errors().isEmpty() && (written.settings().isEmpty() || reader.isUnfilled())) {
      // Not YAML, or a template not filled in yet: reporting everything else as missing would only
      // hide the reason.
      throw new RefusedConfigException(problems.errors());
    }
    String mistaken = OtherFile.mistaken(written);
    if (mistaken != null) {
      problems.add("", written.origin(), mistaken);
      throw new RefusedConfigException(problems.errors());
    }
    return read(written, problems);
  }

  /** Reads the flags of the quick form. */
  public GatewayConfig read(QuickForm form) throws RefusedConfigException {
    return read(form.settings(), new Problems()).config();
  }

  private Reading read(Group written, Problems problems) throws RefusedConfigException {
    Group all = SecretOverrides.apply(written, environment);
    return checked(new SchemaCheck(problems).check(all, Schema.shipped()), problems);
  }

  /** Makes a configuration from settings that passed the schema. */
  Reading checked(Group settings, Problems problems) throws RefusedConfigException {
    GatewayConfig config = config(new Settings("", Schema.shipped(), settings, problems), problems);
    if (!problems.errors().isEmpty()) {
      throw new RefusedConfigException(problems.errors());
    }
    return new Reading(settings, config);
  }

  private GatewayConfig config(Settings root, Problems problems) {
    ListenOptions listen = ListenReader.read(root.group("listen"));
    TimeWarnings.check(root.group("listen"), listen);
    OpsOptions ops = ops(root.group("ops"), listen, new TokenReader(environment, problems));
    StoreReader store = new StoreReader(environment, problems);
    RedisOptions redis = store.redis(root);
    Keys keys = store.keys(root);
    Map<String, Settings> named = root.named("upstreams");
    List<Upstream> upstreams = upstreams(named, listen);
    Contradictions.find(named, upstreams, listen, ops);
    UpstreamNames names = new UpstreamNames(named.keySet());
    List<Room> rooms = new ArrayList<>();
    RoomReader reader = new RoomReader(listen, names);
    GuardedTwice guarded = new GuardedTwice();
    root.named("rooms")
        .forEach(
            (name, settings) -> {
              Room room = reader.read(name, settings);
              guarded.check(room.route(), settings);
              rooms.add(room);
            });
    String defaultUpstream = OutsideRooms.read(root, names, rooms);
    return new GatewayConfig(
        listen,
        ops,
        redis,
        keys,
        List.copyOf(upstreams),
        List.copyOf(rooms),
        defaultUpstream,
        root.duration("drain"),
        log(root.group("log")),
        problems.warnings());
  }

  private List<Upstream> upstreams(Map<String, Settings> named, ListenOptions listen) {
    List<Upstream> upstreams = new ArrayList<>();
    named.forEach(
        (name, settings) -> {
          Upstream upstream = UpstreamReader.read(name, settings, listen.trustedProxies());
          TimeWarnings.check(settings, upstream);
          upstreams.add(upstream);
        });
    Contradictions.sameService(named, upstreams, environment.get(Cluster.OWN_NAMESPACE));
    return upstreams;
  }

  private static GatewayConfig.Log log(Settings log) {
    return new GatewayConfig.Log(
        log.text("format").equals("json"), log.text("level"), log.amount("access"));
  }

  private static OpsOptions ops(Settings ops, ListenOptions listen, TokenReader tokens) {
    int port = ops.count("port");
    if (port != 0 && port == listen.port()) {
      ops.refuse("port", "must differ from listen.port but was " + port + ", too");
    }
    return new OpsOptions(ops.text("host"), port, tokens.read(ops));
  }
}
