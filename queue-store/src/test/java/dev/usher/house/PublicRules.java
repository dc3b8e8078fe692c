package dev.usher.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
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
    List<Finding> found = new ArrayList<>();
    for (Source source : checked) {
      for (ClassTree type : source.types()) {
        if (isPublic(type) && !isNeeded(source, type, everything)) {
          String what = type.getSimpleName() + " is public, and no other package uses it";
          found.add(
              new Finding(
                  source.path(), source.firstLine(type), what, "hide it, or delete it if nobody"));
        }
      }
    }
    return found;
  }

  private static boolean isNeeded(Source source, ClassTree type, List<Source> everything) {
    String name = type.getSimpleName().toString();
    Pattern full =
        Pattern.compile("\\b" + Pattern.quote(source.packageName() + "." + name) + "\\b");
    Pattern simple = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
    return everything.stream()
        .anyMatch(
            user ->
                user.packageName().equals(source.packageName())
                    ? user.types().stream()
                        .filter(beside -> beside != type && isPublic(beside))
                        .anyMatch(beside -> simple.matcher(shown(beside)).find())
                    : full.matcher(user.text()).find());
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
