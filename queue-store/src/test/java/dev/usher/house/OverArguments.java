package dev.usher.house;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The constants that {@link Over} names, or the first of them. */
final class OverArguments extends AnnotationBasedArgumentsProvider<Over> {
  @Override
  protected Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context, Over over) {
    return ways(over, Matrix.played()).stream().map(Arguments::of);
  }

  static List<Enum<?>> ways(Over over, Matrix matrix) {
    return matrix.ways(named(over), over.smoke());
  }

  private static List<Enum<?>> named(Over over) {
    List<String> only = List.of(over.only());
    List<String> except = List.of(over.except());
    List<String> unknown = new ArrayList<>(only);
    unknown.addAll(except);
    List<Enum<?>> ways = new ArrayList<>();
    for (Enum<?> way : over.value().getEnumConstants()) {
      unknown.remove(way.name());
      if ((only.isEmpty() || only.contains(way.name())) && !except.contains(way.name())) {
        ways.add(way);
      }
    }
    if (!unknown.isEmpty() || ways.isEmpty()) {
      throw new IllegalArgumentException(
          "A play must be over constants of " + over.value().getName() + " but was over " + over);
    }
    return ways;
  }
}
