package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 heads that must not be, and what a pod hears of them: nothing. */
public class Http2HeadsTest {
  /** What Usher's own encoder allows of resets in half a minute is 200; each byte may be one. */
  private static final int BYTES_A_CONNECTION = 64;

  private static final long PROTOCOL_ERROR = 1;

  /** Shaking hands on a busy machine takes longer than what the rig gives to a head. */
  public static final ListenOptions.Limits LIMITS =
      new ListenOptions.Limits(
          8192,
          0,
          2000,
          10_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(620),
          Duration.ofSeconds(20));

  private static final ProxyRig rig = new ProxyRig();
  private static final LiteralPod pod = new LiteralPod();

  @BeforeAll
  static void aPodThatTakesEveryHeadAtItsWord(@TempDir Path folder) {
    rig.listen =
        new ListenOptions(
            "127.0.0.1", 0, TestCertificate.writeTo(folder), ListenOptions.Proxies.NONE, LIMITS);
    rig.rawPod(pod);
    rig.start();
  }

  @AfterEach
  void everySlotIsGivenBack() {
    ProxyRig.eventually(() -> rig.set().roster().inFlight() == 0);
    pod.heads();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  /** Where a byte stands, which bytes may, and what the pod then reads. */
  @SuppressWarnings("ImmutableEnumChecker") // the predicates are lambdas that know nothing
  enum Place {
    VALUE(c -> c == '\t' || (c >= ' ' && c != 127), "x: a%cb") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/", "x", "a" + c + "b");
      }
    },
    LAST_OF_VALUE(c -> c > ' ' && c != 127, "x: ab%c") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/", "x", "ab" + c);
      }
    },
    FIRST_OF_VALUE(c -> c > ' ' && c != 127, "x: %cab") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/", "x", c + "ab");
      }
    },
    COOKIE(c -> c == '\t' || (c >= ' ' && c != 127), "cookie: a=b%cc; d=e") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/", "cookie", "a=b" + c + "c", "cookie", "d=e");
      }
    },
    NAME(c -> isToken(c) && !Character.isUpperCase(c), "x%cy: 1") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/", "x" + c + "y", "1");
      }
    },
    METHOD(Place::isToken, "GET%c / HTTP/1.1") {
      @Override
      List<String> with(char c) {
        return List.of(
            ":method", "GET" + c, ":scheme", "https", ":authority", "shop", ":path", "/");
      }
    },
    PATH(c -> c > ' ' && c < 127 && c != '#', "GET /a%cb HTTP/1.1") {
      @Override
      List<String> with(char c) {
        return RawHttp2.request("/a" + c + "b");
      }
    },
    AUTHORITY(c -> isLetterOrDigit(c) || ".-_".indexOf(c) >= 0, "host: sh%cop") {
      @Override
      List<String> with(char c) {
        return List.of(
            ":method", "GET", ":scheme", "https", ":authority", "sh" + c + "op", ":path", "/");
      }
    },
    SCHEME(c -> false, "") {
      @Override
      List<String> with(char c) {
        return List.of(
            ":method", "GET", ":scheme", "https" + c, ":authority", "shop", ":path", "/");
      }
    };

    private final IntPredicate allowed;
    private final String line;

    Place(IntPredicate allowed, String line) {
      this.allowed = allowed;
      this.line = line;
    }

    abstract List<String> with(char c);

    static boolean isToken(int c) {
      return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(int c) {
      return c < 128 && Character.isLetterOrDigit(c);
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void ofEveryByteOnlyThoseThatMayStandInAPlaceReachAPodAndTheConnectionGoesOn(Place place) {
    for (int from = 0; from < 256; from += BYTES_A_CONNECTION) {
      try (RawHttp2 visitor = new RawHttp2(rig.port())) {
        int stream = 1;
        for (int c = from; c < from + BYTES_A_CONNECTION; c++, stream += 2) {
          visitor.headers(stream, true, bodiless(place.with((char) c)));
          RawHttp2.Reply reply = visitor.reply(stream);
          if (place.allowed.test(c)) {
            assertThat(reply.status()).as("byte %d", c).isEqualTo("200");
            assertThat(onlyHead()).as("byte %d", c).contains(place.line.formatted((char) c));
          } else {
            assertThat(reply.reset).as("byte %d", c).isEqualTo(PROTOCOL_ERROR);
            assertThat(pod.heads()).as("byte %d", c).isEmpty();
          }
        }
      }
    }
  }

  private static List<String> bodiless(List<String> head) {
    List<String> fields = new ArrayList<>(head);
    fields.addAll(List.of("content-length", "0"));
    return fields;
  }

  private static List<String> onlyHead() {
    List<String> heads = pod.heads();
    assertThat(heads).hasSize(1);
    return List.of(heads.get(0).split("\r\n", -1));
  }

  /** What an ordinary head must not have besides. */
  private static final List<List<String>> WRONG_FIELDS =
      List.of(
          List.of("connection", "close"),
          List.of("keep-alive", "5"),
          List.of("proxy-connection", "x"),
          List.of("transfer-encoding", "chunked"),
          List.of("upgrade", "websocket"),
          List.of("te", "gzip"),
          List.of("te", "trailers, gzip"),
          List.of("", "a name"),
          List.of(":status", "200"),
          List.of(":protocol", "websocket"),
          List.of(":unknown", "x"),
          List.of(":path", "/other"),
          List.of(":method", "POST"),
          List.of(":scheme", "https"),
          List.of(":authority", "shop"),
          List.of(":authority", "other"),
          List.of("host", "other"),
          List.of("host", "shop", "host", "shop"),
          List.of("host", "shop", "host", "other"),
          List.of("host", ""),
          List.of("x", "1", ":late", "x"),
          List.of("content-length", "+1"),
          List.of("content-length", "1x"),
          List.of("content-length", "-1"),
          List.of("content-length", ""),
          List.of("content-length", "1", "content-length", "2"),
          List.of("content-length", "1, 2"),
          List.of("content-length", "99999999999999999999"),
          List.of("content-length", "5"),
          List.of("x: y\r\n\r\nPOST /buy HTTP/1.1\r\nhost", "s"));

  static Stream<List<String>> malformedHeads() {
    List<List<String>> heads = new ArrayList<>();
    for (List<String> more : WRONG_FIELDS) {
      heads.add(RawHttp2.request("/", more.toArray(String[]::new)));
    }
    for (String path :
        List.of("", "*", "a", "https://shop/", "//shop/ b", "/a#b", "/a b", "/a\tb", "?a")) {
      heads.add(RawHttp2.request(path));
    }
    for (String authority : List.of("", "user@shop", "user:word@shop", "shop/x", "shop,shop")) {
      heads.add(
          List.of(":method", "GET", ":scheme", "https", ":authority", authority, ":path", "/"));
    }
    heads.add(List.of(":scheme", "https", ":authority", "shop", ":path", "/"));
    heads.add(List.of(":method", "GET", ":authority", "shop", ":path", "/"));
    heads.add(List.of(":method", "GET", ":scheme", "https", ":authority", "shop"));
    heads.add(List.of(":method", "GET", ":scheme", "https", ":path", "/"));
    heads.add(List.of(":method", "GET", ":scheme", "ftp", ":authority", "shop", ":path", "/"));
    heads.add(List.of(":method", "CONNECT", ":authority", "shop:80"));
    heads.add(
        List.of(":method", "GET", "x", "1", ":scheme", "https", ":authority", "s", ":path", "/"));
    return heads.stream();
  }

  @ParameterizedTest
  @MethodSource("malformedHeads")
  void aMalformedHeadIsResetAndTheNextStreamIsOfUse(List<String> head) {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      RawHttp2.Reply reply = visitor.headers(1, true, head).reply(1);
      assertThat(reply.reset).as("reset, status %s", reply.status()).isEqualTo(PROTOCOL_ERROR);
      assertThat(visitor.headers(3, true, bodiless(RawHttp2.request("/next"))).reply(3).body())
          .isEqualTo("ok");
    }
    assertThat(onlyHead()).contains("GET /next HTTP/1.1");
  }

  @Test
  void aHostWithoutAnAuthorityIsTheAuthority() {
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      List<String> head = List.of(":method", "GET", ":scheme", "https", ":path", "/", "host", "s");
      assertThat(visitor.headers(1, true, bodiless(head)).reply(1).status()).isEqualTo("200");
    }
    assertThat(onlyHead()).contains("host: s");
  }

  @Test
  void malformedTrailersResetTheirStreamAlone() {
    for (List<String> trailers :
        List.of(
            List.of(":path", "/"),
            List.of("x", "a\r\nb"),
            List.of("x", "a\u0000"),
            List.of("x y", "1"),
            List.of("X", "1"),
            List.of("connection", "x"))) {
      try (RawHttp2 visitor = new RawHttp2(rig.port())) {
        visitor.headers(1, false, post(LiteralPod.SILENT));
        visitor.data(1, false, "body").headers(1, true, trailers);
        assertThat(visitor.reply(1).reset).as("%s", trailers).isEqualTo(PROTOCOL_ERROR);
        visitor.headers(3, true, bodiless(RawHttp2.request("/next")));
        assertThat(visitor.reply(3).body()).isEqualTo("ok");
      }
      assertThat(pod.heads()).allMatch(head -> !head.contains("x y") && !head.contains("\nb"));
    }
  }

  private static List<String> post(String path) {
    return List.of(":method", "POST", ":scheme", "https", ":authority", "shop", ":path", path);
  }

  @Test
  void moreFieldsThanAnyoneNeedsAreTooMany() {
    List<String> crumbs = new ArrayList<>(RawHttp2.request("/"));
    for (int i = 0; i < 250; i++) {
      crumbs.addAll(List.of("cookie", "c" + i + "=1"));
    }
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      assertThat(visitor.headers(1, true, crumbs).reply(1).status()).isEqualTo("431");
    }
  }
}
