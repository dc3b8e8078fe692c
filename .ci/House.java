import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import com.sun.source.util.TreeScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * Measures how the code is laid out, package by package. {@code java .ci/House.java [FOLDER]}, where
 * the folder holds the modules; it reads the sources and compiles nothing.
 */
public final class House {
  private static final List<String> MODULES = List.of("queue-store", "gateway", "perf", "helm");

  private final Map<String, Measures> packages = new TreeMap<>();
  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final Map<String, String> packageOf = new TreeMap<>();
  private final List<CompilationUnitTree> units = new ArrayList<>();
  private Trees trees;

  /** What is counted of one package, or of all. */
  private static final class Measures {
    int files;
    int lines;
    int types;
    int hidden;
    int records;
    int fields;
    int finalFields;
    int ports;
    int portMethods;
    int longestMethod;

    void add(Measures other) {
      files += other.files;
      lines += other.lines;
      types += other.types;
      hidden += other.hidden;
      records += other.records;
      fields += other.fields;
      finalFields += other.finalFields;
      ports += other.ports;
      portMethods += other.portMethods;
      longestMethod = Math.max(longestMethod, other.longestMethod);
    }

    String row(String name) {
      return String.format(
          "%-34s %5d %6d %5d %6s %7d %6s %9s %6d",
          name,
          files,
          lines,
          types,
          part(hidden, types),
          records,
          part(finalFields, fields),
          ports == 0 ? "-" : String.format("%.1f", (double) portMethods / ports),
          longestMethod);
    }

    private static String part(int some, int all) {
      return all == 0 ? "-" : Math.round(100.0 * some / all) + " %";
    }
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args.length == 0 ? "." : args[0]);
    House house = new House();
    house.read(root);
    house.print(root);
  }

  private void read(Path root) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      files.addAll(javaFiles(root.resolve(module).resolve("src/main/java")));
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    var manager = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                manager,
                null,
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjectsFromPaths(files));
    trees = Trees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      units.add(unit);
      for (Tree type : unit.getTypeDecls()) {
        if (type instanceof ClassTree named) {
          String name = unit.getPackageName() + "." + named.getSimpleName();
          packageOf.put(name, unit.getPackageName().toString());
        }
      }
    }
    for (CompilationUnitTree unit : units) {
      measure(unit);
    }
  }

  private void measure(CompilationUnitTree unit) throws Exception {
    String name = unit.getPackageName().toString();
    boolean info = unit.getSourceFile().getName().endsWith("package-info.java");
    if (info) {
      return;
    }
    Measures measures = packages.computeIfAbsent(name, any -> new Measures());
    measures.files++;
    measures.lines += (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    unit.getImports()
        .forEach(
            used -> {
              for (String type = used.getQualifiedIdentifier().toString();
                  type.contains(".");
                  type = type.substring(0, type.lastIndexOf('.'))) {
                String other = packageOf.get(type);
                if (other != null && !other.equals(name)) {
                  uses.computeIfAbsent(name, any -> new TreeSet<>()).add(other);
                }
              }
            });
    new TreeScanner<Void, Integer>() {
      @Override
      public Void visitClass(ClassTree type, Integer depth) {
        if (!type.getSimpleName().isEmpty()) {
          count(type, measures);
        }
        return super.visitClass(type, depth + 1);
      }

      @Override
      public Void visitMethod(MethodTree method, Integer depth) {
        var positions = trees.getSourcePositions();
        long from = positions.getStartPosition(unit, method);
        long to = positions.getEndPosition(unit, method);
        if (from >= 0 && to > from) {
          var lines = unit.getLineMap();
          int length = (int) (lines.getLineNumber(to) - lines.getLineNumber(from) + 1);
          measures.longestMethod = Math.max(measures.longestMethod, length);
        }
        return super.visitMethod(method, depth);
      }
    }.scan(unit.getTypeDecls(), 0);
  }

  private static void count(ClassTree type, Measures measures) {
    measures.types++;
    Set<Modifier> flags = type.getModifiers().getFlags();
    if (!flags.contains(Modifier.PUBLIC) && !flags.contains(Modifier.PROTECTED)) {
      measures.hidden++;
    }
    if (type.getKind() == Tree.Kind.RECORD) {
      measures.records++;
    }
    if (type.getKind() == Tree.Kind.INTERFACE) {
      measures.ports++;
    }
    for (Tree member : type.getMembers()) {
      if (member instanceof VariableTree field && type.getKind() == Tree.Kind.CLASS) {
        measures.fields++;
        if (field.getModifiers().getFlags().contains(Modifier.FINAL)) {
          measures.finalFields++;
        }
      }
      if (member instanceof MethodTree method
          && type.getKind() == Tree.Kind.INTERFACE
          && !method.getModifiers().getFlags().contains(Modifier.STATIC)) {
        measures.portMethods++;
      }
    }
  }

  private void print(Path root) throws Exception {
    System.out.printf(
        "%-34s %5s %6s %5s %6s %7s %6s %9s %6s%n",
        "package", "files", "lines", "types", "hidden", "records", "final", "port size", "longest");
    Measures all = new Measures();
    packages.forEach(
        (name, measures) -> {
          System.out.println(measures.row(name));
          all.add(measures);
        });
    System.out.println(all.row("all " + packages.size() + " packages"));
    System.out.printf("%nround trips between packages: %s%n", rounds());
    for (String part : List.of("main", "test")) {
      long lines = 0;
      int files = 0;
      for (String module : MODULES) {
        for (Path file : javaFiles(root.resolve(module).resolve("src/" + part + "/java"))) {
          files++;
          lines += Files.readAllLines(file).size();
        }
      }
      System.out.printf("%s: %d files, %d lines%n", part, files, lines);
    }
  }

  /** Packages that use themselves by way of others. */
  private Set<String> rounds() {
    Set<String> found = new TreeSet<>();
    for (String name : uses.keySet()) {
      if (reaches(name, name, new HashSet<>())) {
        found.add(name);
      }
    }
    return found;
  }

  private boolean reaches(String from, String to, Set<String> seen) {
    for (String next : uses.getOrDefault(from, Set.of())) {
      if (next.equals(to) || (seen.add(next) && reaches(next, to, seen))) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> javaFiles(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
