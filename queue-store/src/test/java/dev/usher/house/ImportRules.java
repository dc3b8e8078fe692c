package dev.usher.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may use whom, by package. Imports run one way, so that each part can be read, tested and
 * replaced without those above it.
 */
public final class ImportRules {
  /** The packages below the root that each package may use besides itself. */
  static final Map<String, Set<String>> MAY_USE = ImportOrder.mayUse();

  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Math.random",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.UUID.randomUUID");

  private final String root;

  /** Rules for the packages below this one. */
  public ImportRules(String root) {
    this.root = root;
  }

  /** Usher's own classes on the class path, without those of tests. */
  public static JavaClasses ownClasses() {
    ImportOption noTestJar = location -> !location.contains("-tests.jar");
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(noTestJar)
        .importPackages("dev.usher");
  }

  /** What the rules say of these classes, each broken rule with its places. */
  public List<String> broken(JavaClasses classes) {
    return all().entrySet().stream()
        .map(rule -> Map.entry(rule.getKey(), rule.getValue().evaluate(classes)))
        .filter(result -> result.getValue().hasViolation())
        .map(result -> result.getKey() + ":\n" + result.getValue().getFailureReport())
        .toList();
  }

  /** All rules, each by its name. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new TreeMap<>();
    MAY_USE.forEach(
        (name, used) -> rules.put(name + " uses only what lies below it", oneWay(name, used)));
    rules.put("every package has its place in the order of imports", noPackageIsUnknown());
    rules.put("no package uses itself by way of another", noCycles());
    rules.put("admission uses java.* only", admissionIsPure());
    rules.put("Vert.x stays where input and output are", vertxStaysOutside());
    rules.put("Redis stays in store.redis", redisStaysInItsStore());
    rules.put("the gateway knows no command", nobodyKnowsACommand());
    rules.put("JOSE stays in token", joseStaysInToken());
    rules.put("Kubernetes stays in pods.kubernetes", kubernetesStaysInItsPackage());
    rules.put("time and chance are arguments", timeAndChanceAreArguments());
    return rules;
  }

  private ArchRule oneWay(String name, Set<String> used) {
    DescribedPredicate<JavaClass> forbidden =
        describe(
            "outside of " + name + " and " + used,
            type -> isOwn(type) && !nameOf(type).equals(name) && !used.contains(nameOf(type)));
    return noClasses()
        .that(areIn(Set.of(name)))
        .should()
        .dependOnClassesThat(forbidden)
        .because("imports run one way: turn the call round by a port that " + name + " owns")
        .allowEmptyShould(true);
  }

  private ArchRule noPackageIsUnknown() {
    return noClasses()
        .should(
            ArchCondition.from(
                DescribedPredicate.<JavaClass>describe(
                    "be in a package that ImportRules does not know",
                    type -> !nameOf(type).isEmpty() && !MAY_USE.containsKey(nameOf(type)))))
        .because("say in ImportRules what the new package may use");
  }

  private ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  private ArchRule admissionIsPure() {
    return noClasses()
        .that(areIn(Set.of("admission", "admission.capacity")))
        .should()
        .dependOnClassesThat(
            describe(
                "neither java.* nor its own",
                type ->
                    !isBelow(type, "java")
                        // Annotations for the compiler; nothing of them is left when it runs.
                        && !isBelow(type, "org.jspecify.annotations")
                        && !nameOf(type).startsWith("admission")))
        .because("how many may come in is a function of numbers")
        .allowEmptyShould(true);
  }

  private ArchRule vertxStaysOutside() {
    return noClasses()
        .that(
            describe(
                "do no input and output",
                type ->
                    !nameOf(type).isEmpty() && !ImportOrder.MAY_USE_VERTX.contains(nameOf(type))))
        .should()
        .dependOnClassesThat(
            describe(
                "Vert.x or Netty", type -> isBelow(type, "io.vertx") || isBelow(type, "io.netty")))
        .because("what decides must run without a network: take the answer as an argument")
        .allowEmptyShould(true);
  }

  private ArchRule redisStaysInItsStore() {
    return noClasses()
        .that(describe("are no Redis store", type -> !nameOf(type).startsWith("store.redis")))
        .should()
        .dependOnClassesThat(describe("Redis' client", type -> isBelow(type, "io.vertx.redis")))
        .because("a store is used through QueueStore")
        .allowEmptyShould(true);
  }

  private ArchRule nobodyKnowsACommand() {
    return noClasses()
        .that(describe("are no commands", type -> !nameOf(type).startsWith("cli")))
        .should()
        .dependOnClassesThat(
            describe("commands", type -> isOwn(type) && nameOf(type).startsWith("cli")))
        .because("a command uses the gateway, never the other way round")
        .allowEmptyShould(true);
  }

  private ArchRule kubernetesStaysInItsPackage() {
    return noClasses()
        .that(describe("do not speak to Kubernetes", type -> !mayAskKubernetes(nameOf(type))))
        .should()
        .dependOnClassesThat(
            describe("Kubernetes' client", type -> isBelow(type, "io.fabric8.kubernetes")))
        .because("which pods there are is told to a Roster")
        .allowEmptyShould(true);
  }

  private static boolean mayAskKubernetes(String name) {
    return name.endsWith(".kubernetes") || name.equals("provision.floor");
  }

  private ArchRule joseStaysInToken() {
    return noClasses()
        .that(describe("are not in token", type -> !nameOf(type).equals("token")))
        .should()
        .dependOnClassesThat(describe("JOSE", type -> isBelow(type, "com.nimbusds")))
        .because("a pass is checked in one place")
        .allowEmptyShould(true);
  }

  private ArchRule timeAndChanceAreArguments() {
    return noClasses()
        .that(areIn(ImportOrder.WITHOUT_CLOCK))
        .should()
        .callCodeUnitWhere(describe("a clock or a source of chance", ImportRules::asksClock))
        .because("now and seed are arguments: take them from the caller")
        .allowEmptyShould(true);
  }

  private static boolean asksClock(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String target = owner + "." + call.getName();
    boolean withoutArguments = call.getTarget().getRawParameterTypes().isEmpty();
    return CLOCKS.contains(target)
        || (target.equals("java.util.Random.<init>") && withoutArguments)
        || (owner.startsWith("java.time.") && call.getName().equals("now"))
        || target.startsWith("java.time.Clock.system")
        || (target.equals("java.util.Date.<init>") && withoutArguments);
  }

  private DescribedPredicate<JavaClass> areIn(Set<String> names) {
    return describe(
        "are in " + new TreeSet<>(names), type -> isOwn(type) && names.contains(nameOf(type)));
  }

  private boolean isOwn(JavaClass type) {
    return isBelow(type, root);
  }

  /** The package below the root: "" for the root itself, and for what is not below it. */
  private String nameOf(JavaClass type) {
    String name = type.getPackageName();
    return isOwn(type) && name.length() > root.length() ? name.substring(root.length() + 1) : "";
  }

  private static boolean isBelow(JavaClass type, String name) {
    String own = type.getPackageName();
    return own.equals(name) || own.startsWith(name + ".");
  }
}
