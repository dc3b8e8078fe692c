package dev.usher.house;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The ways over which a play is played, constants of an enum. With {@code -Dusher.matrix=all} it is
 * played over each of them, else over the first one only.
 */
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
