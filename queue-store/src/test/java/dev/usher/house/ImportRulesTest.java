package dev.usher.house;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportRulesTest {
  private final ImportRules rules = new ImportRules("small");
  private final List<JavaFileObject> code = new ArrayList<>();

  private final Path folder;

  ImportRulesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void thisModuleKeepsTheOrderOfImports() {
    JavaClasses own = ImportRules.ownClasses();
    assertThat(own).isNotEmpty();
    assertThat(new ImportRules("dev.usher").broken(own)).isEmpty();
  }

  @Test
  void everyUseThatIsNotAllowedIsFoundAndNoneThatIs() {
    Set<String> names = new TreeSet<>(ImportRules.MAY_USE.keySet());
    names.add("");
    for (String name : names) {
      add(name, "public class Own {}");
      for (String used : names) {
        String type = fullName(used) + ".Own";
        add(name, "class Uses_" + used.replace('.', '_') + "_ { " + type + " it; }");
      }
    }
    JavaClasses all = compiled();
    ImportRules.MAY_USE.forEach(
        (name, mayUse) -> {
          String rule = name + " uses only what lies below it";
          String report =
              requireNonNull(rules.all().get(rule)).evaluate(all).getFailureReport().toString();
          for (String used : names) {
            String where = "<" + fullName(name) + ".Uses_" + used.replace('.', '_') + "_.it>";
            boolean allowed = used.equals(name) || mayUse.contains(used);
            assertThat(report.contains(where)).as("%s uses %s", name, used).isEqualTo(!allowed);
          }
        });
  }

  @Test
  void theEdgeDoesNotSeeAdmissionAndNobodyUsesACommand() {
    assertThat(ImportRules.MAY_USE.get("edge")).doesNotContain("admission", "doorkeeper");
    assertThat(ImportRules.MAY_USE.get("room")).doesNotContain("admission", "pods");
    assertThat(ImportRules.MAY_USE.get("admission")).isEmpty();
    ImportRules.MAY_USE.forEach(
        (name, mayUse) -> {
          boolean command = name.startsWith("cli");
          assertThat(command || mayUse.stream().noneMatch(used -> used.startsWith("cli"))).isTrue();
          assertThat(command || !mayUse.contains("config")).isTrue();
        });
  }

  @Test
  void aGatewayThatRunsACommandIsFound() {
    add("", "class A { small.cli.B b; }");
    add("cli", "public class B {}");
    assertBroken("the gateway knows no command");
  }

  @Test
  void aRoundOfPackagesIsFound() {
    add("room", "public class A { small.pods.B b; }");
    add("pods", "public class B { small.room.A a; }");
    assertBroken("no package uses itself by way of another");
  }

  @Test
  void aPackageWithoutAPlaceIsFound() {
    add("misplaced", "class A {}");
    assertBroken("every package has its place in the order of imports");
  }

  @Test
  void anAdmissionThatLogsIsFound() {
    add("admission", "class A { org.slf4j.Logger log; }");
    assertBroken("admission uses java.* only");
  }

  @Test
  void aRoomWithANetworkIsFound() {
    add("room", "class A { io.vertx.core.Vertx vertx; }");
    add("token", "class A { io.netty.buffer.ByteBuf buffer; }");
    add("edge", "class A { io.vertx.core.Vertx vertx; }");
    assertBroken("Vert.x stays where input and output are");
  }

  @Test
  void aRedisOutsideOfItsStoreIsFound() {
    add("ops", "class A { io.vertx.redis.client.Redis redis; }");
    assertBroken("Redis stays in store.redis");
  }

  @Test
  void everyClockAndEverySourceOfChanceIsFound() {
    List<String> asked =
        List.of(
            "System.currentTimeMillis()",
            "System.nanoTime()",
            "Math.random()",
            "java.time.Instant.now()",
            "java.time.LocalDate.now()",
            "java.time.Clock.systemUTC()",
            "java.util.UUID.randomUUID()",
            "java.util.concurrent.ThreadLocalRandom.current()",
            "new java.util.Random()",
            "new java.util.Date()");
    List<String> places =
        List.of("admission", "room", "store", "store.redis", "pods.slots", "token");
    for (String place : places) {
      for (int i = 0; i < asked.size(); i++) {
        add(place, "class Asks" + i + " { Object it() { return " + asked.get(i) + "; } }");
      }
    }
    add("edge", "class A { long now = System.nanoTime(); }");
    add("room", "class A { Object it = new java.util.Random(42); }");
    assertThat(rules.broken(compiled()))
        .singleElement()
        .asString()
        .startsWith("time and chance are arguments")
        .contains("(" + places.size() * asked.size() + " times)");
  }

  private void assertBroken(String... names) {
    assertThat(rules.broken(compiled()))
        .extracting(report -> report.substring(0, report.indexOf(":\n")))
        .contains(names);
  }

  private static String fullName(String name) {
    return name.isEmpty() ? "small" : "small." + name;
  }

  private void add(String name, String type) {
    String text = "package " + fullName(name) + "; " + type;
    String file = type.replaceFirst(".*?class (\\w+).*", "$1") + ".java";
    URI where = URI.create("string:///" + fullName(name).replace('.', '/') + "/" + file);
    code.add(
        new SimpleJavaFileObject(where, JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        });
  }

  private JavaClasses compiled() {
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    boolean fine =
        ToolProvider.getSystemJavaCompiler().getTask(null, null, null, options, null, code).call();
    assertThat(fine).isTrue();
    return new ClassFileImporter().importPath(folder);
  }
}
