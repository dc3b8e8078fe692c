package dev.usher.config;

import dev.usher.edge.Cidr;
import dev.usher.edge.LeastRate;
import dev.usher.edge.ListenOptions;
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
            LeastRate.of(limits.bytes("leastRate"))));
  }

  private static ListenOptions.Proxies proxies(Settings listen) {
    List<Cidr> trusted = blocks(listen, "trustedProxies");
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
    return new ListenOptions.Tls(tls.text("certificate"), tls.text("key"));
  }

  static void readable(Settings settings, String key) {
    if (settings.isSet(key) && !isReadableFile(settings.text(key))) {
      String was = ScalarCheck.clip(settings.text(key));
      settings.refuse(key, "must be a file that this process can read but was \"" + was + "\"");
    }
  }

  static boolean isReadableFile(String name) {
    // A name with a NUL is no name at all, and Path would throw.
    return name.indexOf('\0') < 0
        && Files.isRegularFile(Path.of(name))
        && Files.isReadable(Path.of(name));
  }

  /** Blocks of addresses, without those that are none. */
  static List<Cidr> blocks(Settings settings, String key) {
    List<Cidr> blocks = new ArrayList<>();
    for (Settings.Item item : settings.items(key)) {
      try {
        blocks.add(Cidr.of(item.text()));
      } catch (IllegalArgumentException e) {
        String was = ScalarCheck.clip(item.text());
        settings.refuse(
            item,
            "must be a block of addresses such as 10.0.0.0/8 or fd00::/8 but was \"" + was + "\"");
      }
    }
    return List.copyOf(blocks);
  }
}
