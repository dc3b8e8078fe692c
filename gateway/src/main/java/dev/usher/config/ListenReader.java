package dev.usher.config;

import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.http.Cidr;
import dev.usher.server.LeastRate;
import dev.usher.server.ListenOptions;
import dev.usher.server.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code listen}: where visitors come in. */
final class ListenReader {
  private ListenReader() {}

  static ListenOptions read(Settings listen) {
    Settings limits = listen.group("limits");
    return new ListenOptions(
        listen.text("host"),
        listen.count("port"),
        tls(listen.groupIfSet("tls")),
        proxies(listen),
        new ListenOptions.Limits(
            Math.toIntExact(limits.bytes("headerSize")),
            limits.bytes("bodySize"),
            limits.count("connections"),
            limits.count("connectionsPerAddress"),
            limits.duration("idle"),
            limits.duration("trustedIdle"),
            limits.duration("headerRead"),
            LeastRate.of(limits.bytes("leastRate")),
            limits.count("streams")));
  }

  private static ListenOptions.Proxies proxies(Settings listen) {
    List<Cidr> trusted = blocks(listen, "trustedProxies");
    if (trusted.stream().anyMatch(Cidr::isEverybody)) {
      listen.warn(
          "trustedProxies",
          "trusts every address, so whoever reaches this port directly may take any other's; name"
              + " your proxies, or keep everyone else from this port");
    }
    boolean protocol = listen.text("proxyProtocol").equals("true");
    if (protocol && listen.items("trustedProxies").isEmpty()) {
      listen.refuse(
          "proxyProtocol",
          "must be false unless listen.trustedProxies says whose word is taken, but was true");
    }
    return new ListenOptions.Proxies(
        trusted, listen.text("forwardedHeader").equals("forwarded"), protocol);
  }

  private static ListenOptions.@Nullable Tls tls(@Nullable Settings tls) {
    if (tls == null) {
      return null;
    }
    readable(tls, "certificate");
    readable(tls, "key");
    ListenOptions.Tls files = new ListenOptions.Tls(tls.text("certificate"), tls.text("key"));
    if (isReadableFile(files.certificate()) && isReadableFile(files.key())) {
      checkPair(tls, files);
    }
    return files;
  }

  /**
   * Reports here, by its setting, a pair that the server could not serve, rather than once it
   * listens.
   */
  private static void checkPair(Settings tls, ListenOptions.Tls files) {
    String trouble = TlsFiles.certificateTrouble(files);
    if (trouble != null) {
      String was = "but \"" + ScalarCheck.clip(files.certificate()) + "\" is not (" + trouble + ")";
      tls.refuse(
          "certificate",
          "must be a certificate in PEM "
              + was
              + ": name the file with the server's own"
              + " certificate first and its chain after it, often tls.crt or fullchain.pem");
      return;
    }
    trouble = TlsFiles.keyTrouble(files);
    if (trouble != null) {
      String was = "but \"" + ScalarCheck.clip(files.key()) + "\" is not (" + trouble + ")";
      tls.refuse(
          "key",
          "must be the key of "
              + tls.path("certificate")
              + ", in PEM and without a password, "
              + was
              + ": name the two that were made together, or put the server's own"
              + " certificate first");
      return;
    }
    trouble = TlsFiles.dateTrouble(files);
    if (trouble != null) {
      tls.warn("certificate", trouble);
    }
  }

  static void readable(Settings settings, String key) {
    if (settings.isSet(key) && !isReadableFile(settings.text(key))) {
      settings.refuseMissing(
          key, "must be a file that this process can read but was " + unread(settings.text(key)));
    }
  }

  /** The name of a file that cannot be read, and why. */
  static String unread(String name) {
    String quoted = "\"" + ScalarCheck.clip(name) + "\"";
    if (name.indexOf('\0') >= 0 || !Files.exists(Path.of(name))) {
      return quoted + ", which is not there";
    }
    return Files.isRegularFile(Path.of(name))
        ? quoted + ", which is not text, or not for this user to read"
        : quoted + ", which is no file";
  }

  static boolean isReadableFile(String name) {
    // A name with a NUL is not a name, and Path would throw.
    return name.indexOf('\0') < 0
        && Files.isRegularFile(Path.of(name))
        && Files.isReadable(Path.of(name));
  }

  /** Blocks of addresses, without the invalid ones. */
  static List<Cidr> blocks(Settings settings, String key) {
    List<Cidr> blocks = new ArrayList<>();
    for (Settings.Item item : settings.items(key)) {
      Cidr block = block(settings, item);
      if (block != null) {
        blocks.add(block);
      }
    }
    return List.copyOf(blocks);
  }

  /** Reads one block of addresses; null for what is none, which is refused. */
  static @Nullable Cidr block(Settings settings, Settings.Item item) {
    try {
      return Cidr.of(item.text());
    } catch (IllegalArgumentException e) {
      String was = ScalarCheck.clip(item.text());
      settings.refuse(
          item,
          "must be a block of addresses such as 10.0.0.0/8 or fd00::/8 but was \"" + was + "\"");
      return null;
    }
  }
}
