package dev.usher.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Types that are public although no other package needs them to be: none names them, and no public
 * type beside them has them in what it shows.
 */
final class PublicRules {
  private PublicRules() {}

  /** Those among {@code checked}, when {@code everything} is all code there is. */
  static List<Finding> check(List<Source> checked, List<Source> everything) {
    Uses uses = new Uses(everything);
    List<Finding> found = new ArrayList<>();
    for (Source source : checked) {
      for (ClassTree type : source.types()) {
        if (isPublic(type) && !uses.need(source.packageName(), type)) {
          String what = type.getSimpleName() + " is public, and no other package uses it";
          found.add(
              new Finding(
                  source.path(), source.firstLine(type), what, "hide it, or delete it if nobody"));
        }
      }
    }
    return found;
  }

  /** Who names what. Each file is read once: to ask each about every type takes minutes. */
  private static final class Uses {
    private static final Pattern NAME = Pattern.compile("\\w+(?:\\.\\w+)*");

    /** In which packages a full name stands. */
    private final Map<String, Set<String>> users = new HashMap<>();

    /** What the public types of each package show. */
    private final Map<String, Map<ClassTree, Set<String>>> shown = new HashMap<>();

    Uses(List<Source> everything) {
      for (Source source : everything) {
        names(source.text()).forEach(name -> noteUser(name, source.packageName()));
        source.types().stream()
            .filter(PublicRules::isPublic)
            .forEach(
                type ->
                    shown
                        .computeIfAbsent(source.packageName(), name -> new HashMap<>())
                        .put(type, names(PublicRules.shown(type))));
      }
    }

    boolean need(String home, ClassTree type) {
      String name = type.getSimpleName().toString();
      return users.getOrDefault(home + "." + name, Set.of()).stream()
              .anyMatch(user -> !user.equals(home))
          || shown.getOrDefault(home, Map.of()).entrySet().stream()
              .anyMatch(beside -> beside.getKey() != type && mentions(beside.getValue(), name));
    }

    private void noteUser(String name, String user) {
      for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
        users.computeIfAbsent(name.substring(0, end), any -> new HashSet<>()).add(user);
      }
    }

    private static boolean mentions(Set<String> names, String simple) {
      return names.stream().anyMatch(name -> List.of(name.split("\\.", -1)).contains(simple));
    }

    private static Set<String> names(String text) {
      return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
  }

  /** What other packages see of a public type, as text. */
  private static String shown(ClassTree type) {
    boolean all = type.getKind() == Tree.Kind.INTERFACE;
    String members =
        type.getMembers().stream()
            .map(member -> shown(type, member, all))
            .collect(Collectors.joining(" "));
    return type.getExtendsClause() + " " + type.getImplementsClause() + " " + members;
  }

  private static String shown(ClassTree type, Tree member, boolean all) {
    if (member instanceof ClassTree inner) {
      return all || isPublic(inner) ? shown(inner) : "";
    }
    if (member instanceof MethodTree method) {
      boolean visible = all || method.getModifiers().getFlags().contains(Modifier.PUBLIC);
      return visible
          ? method.getReturnType() + " " + method.getParameters() + " " + method.getThrows()
          : "";
    }
    boolean component = type.getKind() == Tree.Kind.RECORD;
    return member instanceof VariableTree field
            && (all || component || field.getModifiers().getFlags().contains(Modifier.PUBLIC))
        ? String.valueOf(field.getType())
        : "";
  }

  private static boolean isPublic(ClassTree type) {
    return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
  }
}
