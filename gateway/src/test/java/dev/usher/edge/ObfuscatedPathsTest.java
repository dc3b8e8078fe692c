package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However a guarded path is disguised, as long as some lenient upstream would see through it. */
class ObfuscatedPathsTest {
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final List<String> PATHS = List.of("/sale", "/sale/x", "/sale/tickets/7.5");
  private static final String[] SEPARATORS = {
    "/",
    "/",
    "//",
    "/./",
    "/x/../",
    "/%2e/",
    "/x/%2E%2e/",
    "/;p/",
    "/x/..;a=b/",
    "\\",
    "%2f",
    "%5C",
    "%252F",
    "/x%2f..%2f",
    "/.;/"
  };

  private final RoomRoute sale = RoutesTest.room("sale", List.of(), List.of("/sale"));
  private final RoomRoute rest = RoutesTest.room("rest", List.of(), List.of("/"));
  private final Routes alone = new Routes(List.of(sale), "web");
  private final Routes beside = new Routes(List.of(rest, sale), "web");

  @Property(tries = 20_000)
  void aDisguisedPathIsStillInItsRoom(@ForAll Random chance) {
    String path = PATHS.get(chance.nextInt(PATHS.size()));
    String disguised = disguise(path, chance);
    assertThat(lenient(disguised)).as(disguised).isEqualTo(path);

    Route route = alone.route("shop", disguised, "GET", CLIENT);
    assertThat(route.room()).as(disguised).isEqualTo(sale);
    assertThat(route.kind()).as(disguised).isEqualTo(Route.Kind.GUARDED);

    // Beside another room it may be refused, but it is never taken for that room's.
    Route either = beside.route("shop", disguised, "GET", CLIENT);
    assertThat(either.kind()).isIn(Route.Kind.GUARDED, Route.Kind.UNCLEAR);
    assertThat(either.room()).as(disguised).isNotEqualTo(rest);
  }

  @Property(tries = 20_000)
  void noTextWhatsoeverIsLetByThatALenientUpstreamTakesForAGuardedPath(@ForAll Random chance) {
    String alphabet = "/sale./%2f5c\\;e";
    StringBuilder text = new StringBuilder("/");
    for (int i = chance.nextInt(16); i > 0; i--) {
      text.append(
          chance.nextInt(4) == 0 ? "sale" : alphabet.charAt(chance.nextInt(alphabet.length())));
    }
    String read = lenient(text.toString());
    boolean guarded = read.equals("/sale") || read.startsWith("/sale/");

    Route.Kind kind = alone.route("shop", text.toString(), "GET", CLIENT).kind();
    assertThat(guarded && kind == Route.Kind.OUTSIDE).as(text.toString()).isFalse();
  }

  private static String disguise(String path, Random chance) {
    StringBuilder out = new StringBuilder();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String separator = SEPARATORS[chance.nextInt(SEPARATORS.length)];
      out.append(i == 0 && !separator.startsWith("/") ? "/" + separator : separator);
      for (char c : segments[i].toCharArray()) {
        switch (chance.nextInt(6)) {
          case 0 -> out.append('%').append(Integer.toHexString(c));
          case 1 ->
              out.append("%25").append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
          default -> out.append(c);
        }
      }
      if (chance.nextInt(4) == 0) {
        out.append(";id=1");
      }
    }
    return out.toString();
  }

  /** Decodes until nothing is left to decode, then forgives everything. */
  private static String lenient(String path) {
    String decoded = path;
    for (String next = once(decoded); !next.equals(decoded); next = once(decoded)) {
      decoded = next;
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : decoded.replace('\\', '/').split("/", -1)) {
      String name = segment.contains(";") ? segment.substring(0, segment.indexOf(';')) : segment;
      if (name.equals("..")) {
        kept.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        kept.addLast(name);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String once(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      String hex =
          path.charAt(i) == '%' && i + 2 < path.length() ? path.substring(i + 1, i + 3) : "";
      if (hex.matches("[0-9a-fA-F]{2}")) {
        out.append((char) Integer.parseInt(hex, 16));
        i += 2;
      } else {
        out.append(path.charAt(i));
      }
    }
    return out.toString();
  }
}
