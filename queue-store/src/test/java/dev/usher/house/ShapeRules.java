package dev.usher.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Sizes and names of types and methods. The argument of each visit is the type around. */
final class ShapeRules extends TreeScanner<@Nullable Void, @Nullable ClassTree> {
  static final int METHOD_LINES_MAX = 40;
  static final int PARAMETERS_MAX = 4;
  static final int INTERFACE_METHODS_MAX = 5;

  /** The one port that is a whole store behind a network. */
  static final int QUEUE_STORE_METHODS_MAX = 15;

  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Manager|Service|Helper|Utils?|Impl|Data)(?=[A-Z0-9]|$)");

  private static final Set<String> TEST_ANNOTATIONS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");

  private static final Pattern NO_CLAIM = Pattern.compile("^test|^should(?=[A-Z])|Should(?=[A-Z])");

  private final Source source;
  private final List<Finding> found = new ArrayList<>();

  private ShapeRules(Source source) {
    this.source = source;
  }

  static List<Finding> check(Source source) {
    ShapeRules rules = new ShapeRules(source);
    rules.scan(source.tree(), null);
    return rules.found;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable ClassTree around) {
    String name = type.getSimpleName().toString();
    var empty = EMPTY_NAME.matcher(name);
    if (empty.find()) {
      find(
          type,
          name + " is named " + empty.group(1),
          "say what it is in the words of ARCHITECTURE.md");
    }
    if (type.getKind() == Tree.Kind.INTERFACE) {
      int max = name.equals("QueueStore") ? QUEUE_STORE_METHODS_MAX : INTERFACE_METHODS_MAX;
      long methods = type.getMembers().stream().filter(ShapeRules::isPromise).count();
      if (methods > max) {
        String what = name + " has " + methods + " methods, at most " + max;
        find(type, what, "split the port by who uses it");
      }
    }
    return super.visitClass(type, type);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable ClassTree type) {
    int lines = source.lastLine(method) - source.firstLine(method) + 1;
    if (lines > METHOD_LINES_MAX) {
      String what = method.getName() + " has " + lines + " lines, at most " + METHOD_LINES_MAX;
      find(method, what, "give a part of it a name of its own");
    }
    if (method.getParameters().size() > PARAMETERS_MAX && isFree(method, type)) {
      String what =
          method.getName()
              + " takes "
              + method.getParameters().size()
              + " parameters, at most "
              + PARAMETERS_MAX;
      find(method, what, "those that travel together are a record");
    }
    if (isTest(method) && NO_CLAIM.matcher(method.getName()).find()) {
      String what = method.getName() + " is no claim";
      find(method, what, "say what holds, as in aRefusedPodLeavesTheSetWithinASecond");
    }
    return super.visitMethod(method, type);
  }

  private void find(Tree where, String what, String remedy) {
    found.add(new Finding(source.path(), source.firstLine(where), what, remedy));
  }

  /** Whoever overrides a method did not choose its parameters; a record's are its components. */
  private static boolean isFree(MethodTree method, @Nullable ClassTree type) {
    boolean ofRecord =
        type != null
            && type.getKind() == Tree.Kind.RECORD
            && method.getName().contentEquals("<init>");
    return !ofRecord && !annotations(method).contains("Override");
  }

  private static boolean isPromise(Tree member) {
    return member instanceof MethodTree method
        && !method.getModifiers().getFlags().contains(Modifier.STATIC)
        && !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
  }

  private static boolean isTest(MethodTree method) {
    return annotations(method).stream().anyMatch(TEST_ANNOTATIONS::contains);
  }

  private static List<String> annotations(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(annotation -> annotation.getAnnotationType().toString())
        .toList();
  }
}
