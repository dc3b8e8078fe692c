package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every byte in every place of an HTTP/1.1 head, and what a pod hears of it. */
class Http1HeadsTest {
  private static final ProxyRig rig = new ProxyRig();
  private static final LiteralPod pod = new LiteralPod();

  @BeforeAll
  static void aPodThatTakesEveryHeadAtItsWord() {
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

  /** Where a byte stands, which bytes may, and the line that a pod then reads. */
  @SuppressWarnings("ImmutableEnumChecker") // the predicates are lambdas that know nothing
  enum Place {
    VALUE("GET / HTTP/1.1\r\nHost: s\r\nX: a%cb\r\n", Place::isText, "x: a%cb"),
    COOKIE("GET / HTTP/1.1\r\nHost: s\r\nCookie: a=b%cc\r\n", Place::isText, "cookie: a=b%cc"),
    NAME("GET / HTTP/1.1\r\nHost: s\r\nX%cY: 1\r\n", Place::isName, "x%cy: 1"),
    METHOD("GET%c / HTTP/1.1\r\nHost: s\r\n", Place::isMethod, "get%c / http/1.1"),
    TARGET("GET /a%cb HTTP/1.1\r\nHost: s\r\n", Place::isTarget, "get /a%cb http/1.1"),
    HOST("GET / HTTP/1.1\r\nHost: s%ct\r\n", Place::isHost, "host: s%ct");

    private final String head;
    private final IntPredicate allowed;
    private final String line;

    Place(String head, IntPredicate allowed, String line) {
      this.head = head;
      this.allowed = allowed;
      this.line = line;
    }

    /** The line that a pod reads, in lower case. */
    String read(char c) {
      if (this == NAME && c == ':') {
        return "x: y: 1"; // the name ends there, and the rest is of the value
      }
      // More than one blank between the parts of a request line is one (RFC 9112, 3).
      String part = this == METHOD && isBlank(c) ? "" : String.valueOf(c);
      return line.replace("%c", part).toLowerCase(Locale.ROOT);
    }

    private static boolean isMethod(int c) {
      return isToken(c) || isBlank(c);
    }

    private static boolean isBlank(int c) {
      return c == ' ' || (c >= 9 && c <= 13 && c != '\n');
    }

    private static boolean isText(int c) {
      return c == '\t' || (c >= ' ' && c != 127);
    }

    private static boolean isName(int c) {
      return isToken(c) || c == ':';
    }

    private static boolean isToken(int c) {
      return isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isTarget(int c) {
      return c > ' ' && c < 127 && c != '#';
    }

    private static boolean isHost(int c) {
      return isLetterOrDigit(c) || ".-_:[]%".indexOf(c) >= 0;
    }

    private static boolean isLetterOrDigit(int c) {
      return c < 128 && Character.isLetterOrDigit(c);
    }
  }

  @Test
  void noByteOfATrailerReachesAPod() {
    for (int c = 0; c < 256; c++) {
      for (String trailer : List.of("X-Trailer: a%cb", "X-Trailer%cc: 1")) {
        try (RawVisitor visitor = rig.visitor()) {
          visitor.send("POST / HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n");
          visitor.send("Connection: close\r\n\r\n0\r\n" + trailer.formatted((char) c));
          visitor.send("\r\n\r\n");
          visitor.readAll();
        }
        assertThat(pod.heads())
            .noneMatch(head -> head.toLowerCase(Locale.ROOT).contains("trailer"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void ofEveryByteOnlyThoseThatMayStandInAPlaceReachAPod(Place place) {
    for (int c = 0; c < 256; c++) {
      try (RawVisitor visitor = rig.visitor()) {
        visitor.send(place.head.formatted((char) c) + "Connection: close\r\n\r\n");
        String answer = visitor.readAll();
        List<String> heads = pod.heads();
        if (heads.isEmpty()) {
          assertThat(answer).as("byte %d", c).startsWith("HTTP/1.").contains(" 400 ");
        } else {
          assertThat(place.allowed.test(c)).as("byte %d", c).isTrue();
          assertThat(heads).as("byte %d", c).hasSize(1);
          String line = place.read((char) c);
          assertThat(heads.get(0).toLowerCase(Locale.ROOT).split("\r\n", -1)).contains(line);
        }
      }
    }
  }
}
