package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.usher.config.ConfigReader;
import dev.usher.store.Place;
import dev.usher.token.Keys;
import dev.usher.token.Pass;
import dev.usher.token.Passes;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/tokens.md tells an origin to write is compiled or run, and checks passes. */
final class OriginChecksPassTest {
  private static final String KEYS = "new:" + "A".repeat(43) + "\nold:" + "B".repeat(42) + "A\n";
  private static final String OTHER = "old:" + "C".repeat(42) + "A\n";
  private static final Path PAGE = Path.of("../docs/tokens.md");

  @TempDir private Path folder = Path.of(".");

  private static String block(String language) throws IOException {
    List<String> blocks =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  private static String pass(String keys, String room, long lifeMillis) {
    long now = System.currentTimeMillis();
    Place place = new Place(room, 7, 0, 12);
    return new Passes(Keys.parse(keys))
        .sign(new Pass(place, now - 600_000, now - 600_000, now + lifeMillis));
  }

  private String printedByUsherKey() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), KEYS);
    String shop =
        "upstreams: {shop: {pods: [http://a], sessionsPerPod: 5}}\nrooms: {concert: {}}\n";
    Path yaml =
        Files.writeString(folder.resolve("gateway.yaml"), "keys: {file: '" + keys + "'}\n" + shop);
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commands(new ConfigReader(Map.of()), (config, file) -> {});
    commands.setOut(new PrintWriter(out, true));
    assertThat(commands.execute("key", "--pass", yaml.toString())).isZero();
    return out.toString();
  }

  @Test
  void inJavaWithNimbus() throws Exception {
    String printed = printedByUsherKey();
    Method check = compiled(block("java"));
    JWTClaimsSet claims = claims(check, printed, pass(KEYS, "concert", 60_000));
    assertThat(claims.getSubject()).isEqualTo("7.0.12");
    assertThat(claims(check, printed, pass("old:" + "B".repeat(42) + "A", "concert", 60_000)))
        .isNotNull();
    for (String bad :
        new String[] {
          pass(OTHER, "concert", 60_000),
          pass(KEYS, "opera", 60_000),
          pass(KEYS, "concert", -120_000),
          pass(KEYS, "concert", 60_000) + "A"
        }) {
      assertThatThrownBy(() -> claims(check, printed, bad)).as(bad).isInstanceOf(Exception.class);
    }
  }

  private static JWTClaimsSet claims(Method check, String printed, String pass) throws Exception {
    try {
      return (JWTClaimsSet) check.invoke(null, printed, Map.of("Usher-Pass", pass));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("refused", e.getCause());
    }
  }

  private Method compiled(String body) throws Exception {
    String source =
        """
        import com.nimbusds.jose.*;
        import com.nimbusds.jose.jwk.*;
        import com.nimbusds.jose.jwk.source.*;
        import com.nimbusds.jose.proc.*;
        import com.nimbusds.jwt.*;
        import com.nimbusds.jwt.proc.*;
        import java.util.*;

        public class Origin {
          public static JWTClaimsSet check(String printedByUsherKey, Map<String, String> headers)
              throws Exception {
            %s
            return claims;
          }
        }
        """
            .formatted(body);
    Path file = Files.writeString(folder.resolve("Origin.java"), source);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String classes = System.getProperty("java.class.path");
    assertThat(
            compiler.run(
                null, null, null, "-cp", classes, "-d", folder.toString(), file.toString()))
        .isZero();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    return loader.loadClass("Origin").getMethod("check", String.class, Map.class);
  }

  /** Node and jose are not of this build; CI brings them. */
  @Test
  void inNodeWithJose() throws Exception {
    File modules = new File(System.getProperty("usher.jose", "/usr/local/lib"), "node_modules");
    assumeThat(new File(modules, "jose"))
        .as("SKIPPED: no jose; npm install jose, and name the folder in usher.jose")
        .exists();
    Files.createSymbolicLink(folder.resolve("node_modules"), modules.toPath());
    String ask =
        block("js")
            + "try { console.log((await check(process.argv[2], process.argv[3])).sub); }\n"
            + "catch (e) { console.log('refused ' + e.code); }\n";
    Files.writeString(folder.resolve("check.mjs"), ask);
    String printed = printedByUsherKey();
    assertThat(node(pass(KEYS, "concert", 60_000), printed)).isEqualTo("7.0.12");
    assertThat(node(pass(OTHER, "concert", 60_000), printed))
        .isEqualTo("refused ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
    assertThat(node(pass(KEYS, "opera", 60_000), printed))
        .isEqualTo("refused ERR_JWT_CLAIM_VALIDATION_FAILED");
    assertThat(node(pass(KEYS, "concert", -120_000), printed)).isEqualTo("refused ERR_JWT_EXPIRED");
  }

  private String node(String pass, String printed) throws Exception {
    Path out = folder.resolve("out");
    Process run =
        new ProcessBuilder("node", "check.mjs", pass, printed)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(out).strip();
  }
}
