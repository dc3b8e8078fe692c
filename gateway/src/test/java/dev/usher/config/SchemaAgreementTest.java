package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.usher.config.schema.Problems;
import dev.usher.config.schema.Schema;
import dev.usher.config.schema.SchemaCheck;
import dev.usher.config.schema.Setting;
import dev.usher.config.schema.YamlReader;
import dev.usher.house.AFifthOfTries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;

/** Our reader of the schema and a general one must give the same verdicts. */
class SchemaAgreementTest {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final JsonSchema SHIPPED = FACTORY.getSchema(shipped());

  /** A good file; each number in angle brackets is a place where something else is put. */
  private static final String GOOD =
      """
      {"listen": {"host": <"h">, "port": <80>, "tls": <null>, "trustedProxies": [<"10.0.0.1">],
        "limits": {"headerSize": <"2KiB">, "bodySize": <0>, "idle": <"10s">}},
       "ops": <{"port": 1}>, "store": <{"redis": {"url": "redis://r"}}>, "keys": {"file": <null>},
       "drain": <"10s">, "defaultUpstream": <"a">,
       "upstreams": <{"a": {"pods": [<"http://a">], "sessionsPerPod": <1>, "hold": <"10s">,
         "sticky": <"prefer">,
         "responseTime": <null>, "admission": <{"startAt": <0.5>, "warmUpRequests": 0}>}}>,
       "rooms": {"a": <{"title": <"t">, "hosts": <["h"]>, "paths": [<"/">], "weight": <3>,
         "session": {"timeout": <"10s">}, "cookies": {"sameSite": <"Lax">, "domain": <"a.b">},
         "bypass": {"methods": [<"GET">]}, "waiting": {"pageStatus": <200>}}>}}
      """;

  private static final int PLACES = (int) GOOD.chars().filter(c -> c == '<').count();

  /** The ranges of durations and sizes are ours alone. */
  private static final String OUR_RANGES = ".* must be at (least|most) [0-9]+[a-zA-Z]+ but .*";

  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "false",
          "\"off\"",
          "0",
          "-1",
          "200",
          "99999999999999999999",
          "0.5",
          "0.29",
          "1.25",
          "1.75e-1",
          "{\"pods\": [\"http://a\"]}",
          "{\"a\": {\"pods\": [\"http://a\"]}}",
          "{\"a\": {\"pods\": [\"http://a\"], \"sessionsPerPod\": null}}",
          "{\"a\": {\"pods\": [\"http://a\"], \"maxInFlightPerPod\": 8}}",
          "{\"a\": {\"pods\": [\"http://a\"], \"requestsPerSecondPerPod\": 0.1}}",
          "{}",
          "[]",
          "\"\"",
          "[\"x\"]",
          "{\"x\": 1}",
          "\"x\"",
          "\"10s\"",
          "\"2KiB\"",
          "\"10 s\"",
          "\"/a/../b\"",
          "\"/a\"",
          "\"http://a:1\"",
          "\"http://a/b\"",
          "\"GET\"",
          "\"Strict\"",
          "\"a.b\"",
          "[1, 2]",
          "\"" + "x".repeat(201) + "\"",
          "{\"redis\": {}}",
          "{\"A\": {}}",
          "[[]]");

  @Test
  void theSchemaIsAValidOneOfItsDraft() {
    JsonSchema draft = FACTORY.getSchema(SchemaLocation.of(VersionFlag.V202012.getId()));
    assertThat(draft.validate(shipped(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theGoodFileIsGoodToBoth() {
    assertThat(agree(document(List.of()))).isTrue();
  }

  @AddLifecycleHook(AFifthOfTries.class)
  @Tag("matrix")
  @Property(tries = 3000)
  void theSameFilesAreRefusedAsByAGeneralLibrary(
      @ForAll("changes") List<Tuple2<Integer, String>> changes) {
    agree(document(changes));
  }

  @Provide
  Arbitrary<List<Tuple2<Integer, String>>> changes() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, PLACES - 1);
    return places
        .flatMap(place -> Arbitraries.of(OTHERS).map(other -> Tuple.of(place, other)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  /** Whether both find the document good; they must be of one mind. */
  private static boolean agree(String document) {
    Problems problems = new Problems();
    Setting.Group written = new YamlReader("gateway.yaml", problems).read(document);
    new SchemaCheck(problems).check(written, Schema.shipped());
    boolean general = SHIPPED.validate(document, InputFormat.JSON).isEmpty();
    List<String> ours =
        problems.errors().stream().filter(problem -> !problem.matches(OUR_RANGES)).toList();
    assertThat(ours.isEmpty()).as("%s%nours: %s", document, ours).isEqualTo(general);
    return general;
  }

  private static String document(List<Tuple2<Integer, String>> changes) {
    List<Integer> open = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int places = 0;
    for (int i = 0; i < GOOD.length(); i++) {
      char c = GOOD.charAt(i);
      if (c == '<') {
        open.add(text.length());
        numbers.add(places++);
      } else if (c == '>') {
        int start = open.remove(open.size() - 1);
        int number = numbers.remove(numbers.size() - 1);
        changes.stream()
            .filter(change -> change.get1() == number)
            .findFirst()
            .ifPresent(change -> text.replace(start, text.length(), change.get2()));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String shipped() {
    try (InputStream in = Schema.class.getResourceAsStream(Schema.RESOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
