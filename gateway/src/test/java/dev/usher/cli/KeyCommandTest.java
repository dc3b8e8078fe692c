package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dev.usher.config.ConfigReader;
import dev.usher.store.Place;
import dev.usher.token.Keys;
import dev.usher.token.Pass;
import dev.usher.token.Passes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class KeyCommandTest {
  private static final String SHOP =
      "upstreams: {shop: {pods: [http://a], sessionsPerPod: 5}}\nrooms: {concert: {}}\n";
  private static final Pass PASS = new Pass(new Place("concert", 7, 0, 12), 0, 0, 9000);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of(".");

  @Test
  void anOriginChecksPassesWithThePrintedKeysAndNobodyElses() throws Exception {
    String keys = printed("key").strip() + "\nold:" + "A".repeat(43) + "\n";
    Path file = Files.writeString(folder.resolve("keys"), keys);
    JWKSet set =
        JWKSet.parse(printed("key", "--pass", config("keys: {file: '" + file + "'}\n" + SHOP)));
    assertThat(set.getKeys()).hasSize(2);
    assertThat(isGood(set, new Passes(Keys.parse(keys)).sign(PASS))).isTrue();
    assertThat(isGood(set, new Passes(Keys.parse("old:" + "A".repeat(43))).sign(PASS))).isTrue();
    assertThat(isGood(set, new Passes(Keys.parse("old:" + "B".repeat(42) + "A")).sign(PASS)))
        .isFalse();
  }

  @Test
  void keysThatEndWithTheProcessAreNotPrinted() throws IOException {
    assertThat(usher("key", "--pass", config(SHOP))).isEqualTo(1);
    assertThat(err.toString()).contains("has no lasting key", "usher key > keys");
    assertThat(out.toString()).isEmpty();
    assertThat(usher("key", "--pass")).isEqualTo(2);
  }

  private static boolean isGood(JWKSet keys, String pass) throws Exception {
    JWSObject read = JWSObject.parse(pass);
    return read.verify(
        new MACVerifier(keys.getKeyByKeyId(read.getHeader().getKeyID()).toOctetSequenceKey()));
  }

  private String printed(String... args) {
    out.getBuffer().setLength(0);
    assertThat(usher(args)).isZero();
    return out.toString();
  }

  private int usher(String... args) {
    CommandLine commands = Main.commands(new ConfigReader(Map.of()), (config, file) -> {});
    commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commands.execute(args);
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("gateway.yaml"), text).toString();
  }
}
