package dev.usher.house;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The ways over which a play is played, constants of an enum: the first one in every build, all of
 * them in the whole {@link Matrix}, whose part by itself is {@code -Dgroups=matrix}.
 */
@Tag("matrix")
@ArgumentsSource(OverArguments.class)
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface Over {
  /** The enum of the ways. */
  Class<? extends Enum<?>> value();

  /** The names of those that matter, where not all do. */
  String[] only() default {};

  /** The names of those that do not matter. */
  String[] except() default {};

  /** Whether the play is one of the few that are always played over each way. */
  boolean smoke() default false;
}
