package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  @Test
  void thisModuleKeepsTheRulesOfTheHouse() {
    assertThat(HouseRules.broken(Path.of(""))).isEmpty();
  }

  @Test
  void aLongFileIsFound() {
    assertFound(
        "// more\n".repeat(301), "Sample.java:301: 301 lines besides imports, at most 300: find");
    assertNothing("// more\n".repeat(300));
    assertNothing("import a.B;\n" + "// more\n".repeat(300));
  }

  @Test
  void aLongLineIsFound() {
    assertFound("//" + "x".repeat(99), "Sample.java:1: 101 columns, at most 100: break it");
    assertNothing("//" + "x".repeat(98));
    assertNothing("import a." + "b".repeat(100) + ";");
  }

  @Test
  void whatIsPutOffIsFound() {
    assertFound("// TO" + "DO later", "Sample.java:1: TO" + "DO has no place here: do it now");
    assertFound("\n// FIX" + "ME", "Sample.java:2: FIX" + "ME has no place here");
    assertFound("@Dis" + "abled class A {}", "Sample.java:1: @Dis" + "abled has no place here");
    assertFound(
        "class A { void a() { Thread.sl" + "eep(1); } }", "Thread.sl" + "eep has no place here");
  }

  @Test
  void aTestThatWaitsInAWayOfItsOwnIsFound() {
    String parks = "class A { void a() { LockSupport.park" + "Nanos(1); } }";
    String sleeps = "class A { void a() { TimeUnit.SECONDS.sl" + "eep(1); } }";
    for (String waits : List.of(parks, sleeps)) {
      assertThat(check("src/test/java/a/Sample.java", waits))
          .singleElement()
          .asString()
          .contains("wait by dev.usher.house.Wait");
      assertThat(check("src/main/java/a/Sample.java", waits)).isEmpty();
    }
    assertThat(check("src/test/java/dev/usher/house/Wait.java", parks)).isEmpty();
  }

  @Test
  void aTestThatNobodyRunsIsFound() {
    assertFound(
        "class A {\n  @Te" + "st void a() {}\n}", "Sample.java:2:   @Te" + "st has no place");
  }

  @Test
  void aRuleMayBeBrokenWithAReasonRightAbove() {
    assertNothing("// Rule zero: a table of figures.\n//" + "x".repeat(99));
    assertNothing("// Rule zero: a table of figures,\n// one a line.\n//" + "x".repeat(99));
    assertFound("// Rule zero: another.\n\n\n//" + "x".repeat(99), "Sample.java:4: 101 columns");
  }

  @Test
  void aLongMethodIsFound() {
    assertFound(method(41), "Sample.java:1: a has 41 lines, at most 40: give a part of it a name");
    assertNothing(method(40));
  }

  @Test
  void tooManyParametersAreFoundExceptARecordsAndThoseOfAnother() {
    String five = "int a, int b, int c, int d, int e";
    assertFound("class A { void a(" + five + ") {} }", "a takes 5 parameters, at most 4: those");
    assertFound("class A { A(" + five + ") {} }", "<init> takes 5 parameters");
    assertNothing("record A(" + five + ") { A(" + five + ") {} }");
    assertNothing("record A(" + five + ") { A {} }");
    assertNothing("class A extends B { @Override void a(" + five + ") {} }");
    assertNothing("class A { void a(int a, int b, int c, int d) {} }");
  }

  @Test
  void aWidePortIsFound() {
    String six = "void a(); void b(); void c(); void d(); void e(); default void f() {}";
    assertFound("interface A { " + six + "}", "A has 6 methods, at most 5: split the port");
    assertNothing("interface A { void a(); static void b() {} " + "void c();".repeat(4) + "}");
    assertNothing("interface QueueStore { " + six + "}");
    assertFound(
        "interface QueueStore { " + "void a();\n".repeat(16) + "}",
        "QueueStore has 16 methods, at most 15");
  }

  @Test
  void aNameThatSaysNothingIsFound() {
    for (String empty : List.of("Manager", "Service", "Helper", "Util", "Utils", "Impl", "Data")) {
      assertFound("class Queue" + empty + " {}", "is named " + empty + ": say what it is");
    }
    assertFound("class DataPlane {}", "DataPlane is named Data");
    assertNothing("class Database {} class Utility {} class Helpers {}");
  }

  @Test
  void aTestThatClaimsNothingIsFound() {
    assertFound("class A { @Test void testIt() {} }", "testIt is no claim: say what holds");
    assertFound("class A { @Property void itShouldWork() {} }", "itShouldWork is no claim");
    assertNothing("class A { @Test void itWorks() {} void testable() {} }");
    assertNothing("class A { @Test void aShoulderIsNoOrder() {} }");
  }

  @Test
  void aTypeThatIsPublicForNobodyIsFound() {
    Source type = parse("package a; public final class Sample {}");
    assertThat(needless(type, parse("package a; class Beside { Sample s; }")))
        .singleElement()
        .asString()
        .startsWith("Sample.java:1: Sample is public, and no other package uses it: hide it");
    assertThat(needless(type, parse("package b; import a.Sample; class User {}"))).isEmpty();
    assertThat(needless(type, parse("package b; import a.Samples; class User {}"))).hasSize(1);
  }

  @Test
  void aTypeThatAPublicOneShowsIsNeeded() {
    Source shown = parse("package a; public record Sample() {}");
    for (String shows :
        List.of(
            "public record Beside(Sample s) {}",
            "public interface Beside { Sample take(); }",
            "public final class Beside { public void take(List<Sample> s) {} }")) {
      assertThat(needless(shown, parse("package a; " + shows))).isEmpty();
    }
    assertThat(needless(shown, parse("package a; public class Beside { private Sample s; }")))
        .hasSize(1);
  }

  @Test
  void aPackageWithTooManyFilesIsFound() {
    List<Source> files = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      files.add(main("a", "Sample" + i));
    }
    assertThat(PackageRules.check(files.subList(0, 25))).isEmpty();
    assertThat(PackageRules.check(files)).singleElement().asString().contains("a has more than 25");
  }

  @Test
  void aNameInTwoPackagesIsFoundExceptWhereAProgramBegins() {
    List<Source> two = List.of(main("a", "Sample"), main("b", "Sample"));
    assertThat(PackageRules.check(two)).singleElement().asString().contains("is also in a");
    assertThat(PackageRules.check(List.of(main("a", "Main"), main("b", "Main")))).isEmpty();
  }

  private static Source main(String where, String name) {
    Path path = Path.of("gateway/src/main/java/" + where + "/" + name + ".java");
    return Source.parse(path, "package " + where + "; final class " + name + " {}");
  }

  private static String method(int lines) {
    return "class A { void a() {\n" + "\n".repeat(lines - 2) + "} }";
  }

  private static void assertFound(String text, String finding) {
    assertThat(HouseRules.check(List.of(parse(text))))
        .singleElement()
        .asString()
        .contains(finding)
        .startsWith("Sample.java:");
  }

  private static void assertNothing(String text) {
    assertThat(HouseRules.check(List.of(parse(text)))).isEmpty();
  }

  private static List<Finding> check(String path, String text) {
    return HouseRules.check(List.of(Source.parse(Path.of(path), text)));
  }

  private static List<Finding> needless(Source source, Source other) {
    return PublicRules.check(List.of(source), List.of(source, other));
  }

  private static Source parse(String text) {
    return Source.parse(Path.of("Sample.java"), text);
  }
}
