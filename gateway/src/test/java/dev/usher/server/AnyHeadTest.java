package dev.usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edge.RawHttp2;
import dev.usher.house.AFifthOfTries;
import dev.usher.proxy.LiteralPod;
import dev.usher.proxy.ProxyRig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever fields a head has: what the pod reads is one request of those fields, or nothing. */
class AnyHeadTest {
  private static final ProxyRig rig = new ProxyRig();
  private static final LiteralPod pod = new LiteralPod();

  /** One field of a head. */
  record Field(String name, String value) {}

  @BeforeContainer
  static void aPodThatTakesEveryHeadAtItsWord() throws IOException {
    rig.listen =
        new ListenOptions(
            "127.0.0.1",
            0,
            TestCertificate.writeTo(Files.createTempDirectory("any-head")),
            ListenOptions.Proxies.NONE,
            Http2HeadsTest.LIMITS);
    rig.rawPod(pod);
    rig.start();
  }

  @AfterContainer
  static void close() {
    rig.close();
  }

  /** Names that are mostly good, and values with line ends and colons more often than by chance. */
  @Provide
  Arbitrary<List<Field>> fields() {
    StringArbitrary good = Arbitraries.strings().withChars("abcxyz-_019").ofMinLength(1);
    Arbitrary<String> odd =
        Arbitraries.strings().withChars("aZ: \t\r\n\0\u0001\u007f\u00e9(,").ofMaxLength(12);
    Arbitrary<String> name =
        Arbitraries.frequencyOf(Tuple.of(12, good.ofMaxLength(8)), Tuple.of(1, odd))
            .map(text -> "x-" + text);
    Arbitrary<String> value =
        Arbitraries.frequencyOf(Tuple.of(12, good.ofMaxLength(300)), Tuple.of(1, odd));
    return Combinators.combine(name, value).as(Field::new).list().ofMaxSize(8);
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 300)
  void whatAPodReadsIsOneRequestOfThoseFieldsOrNothing(@ForAll("fields") List<Field> fields) {
    List<String> head = new ArrayList<>(RawHttp2.request("/any", "content-length", "0"));
    fields.forEach(field -> head.addAll(List.of(field.name(), field.value())));
    try (RawHttp2 visitor = new RawHttp2(rig.port())) {
      RawHttp2.Reply reply = visitor.headers(1, true, head).reply(1);
      List<String> heads = pod.heads();
      if (reply.status().equals("200")) {
        assertThat(heads).hasSize(1);
        List<String> lines = List.of(heads.get(0).split("\r\n", -1));
        assertThat(lines.get(0)).isEqualTo("GET /any HTTP/1.1");
        assertThat(lines.stream().filter(line -> line.startsWith("x-") && !isOurs(line)))
            .containsExactlyElementsOf(
                fields.stream().map(field -> field.name() + ": " + field.value()).toList());
      } else {
        assertThat(reply.reset).isEqualTo(1);
        assertThat(heads).isEmpty();
      }
    }
  }

  private static boolean isOurs(String line) {
    return line.startsWith("x-forwarded-");
  }
}
