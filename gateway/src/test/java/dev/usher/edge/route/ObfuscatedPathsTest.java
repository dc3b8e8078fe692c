package dev.usher.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.AFifthOfTries;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;

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

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
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

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
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

  /**
   * Who resolves the target as a reference, in whichever of the usual ways, before or after they
   * decode it.
   */
  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 20_000)
  void noTextIsLetByThatAResolvedReferenceTakesForAGuardedPath(@ForAll Random chance) {
    String[] parts = {
      "/", "/", "/", "\\", "%2f", "%5c", "x", "sale", "sale", ".", "..", ";p", "@", ":"
    };
    StringBuilder text = new StringBuilder("/");
    for (int i = chance.nextInt(9); i > 0; i--) {
      text.append(parts[chance.nextInt(parts.length)]);
    }
    Route.Kind kind = alone.route("shop", text.toString(), "GET", CLIENT).kind();
    for (String seen : new String[] {text.toString(), once(text.toString())}) {
      for (String read : new String[] {asBrowsers(seen), asTheJdk(seen), asTheRfc(seen)}) {
        boolean guarded = read.equals("/sale") || read.startsWith("/sale/");
        assertThat(guarded && kind == Route.Kind.OUTSIDE).as("%s as %s", text, read).isFalse();
      }
    }
  }

  /** As WHATWG's URL parser does, which Node has: backslashes are slashes, any number of them. */
  private static String asBrowsers(String target) {
    String plain = target.replace('\\', '/');
    Matcher authority = Pattern.compile("//+[^/]*").matcher(plain);
    return dotless(authority.lookingAt() ? plain.substring(authority.end()) : plain);
  }

  private static String asTheJdk(String target) {
    try {
      String path = new URI(target).getPath();
      return path == null ? "" : path;
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static String asTheRfc(String target) {
    Matcher authority = Pattern.compile("//[^/]*").matcher(target);
    return dotless(authority.lookingAt() ? target.substring(authority.end()) : target);
  }

  private static String dotless(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.substring(Math.min(1, path.length())).split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    return "/" + String.join("/", kept);
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
