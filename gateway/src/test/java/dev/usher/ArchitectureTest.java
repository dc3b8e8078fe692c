package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.usher.cli.Main;
import dev.usher.house.ImportRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  @Test
  void importsRunOneWay() {
    JavaClasses own = ImportRules.ownClasses();
    assertThat(own.contain(Main.class)).isTrue();
    assertThat(new ImportRules("dev.usher").broken(own)).isEmpty();
  }
}
