package dev.usher.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.HouseRules;
import dev.usher.house.ImportRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  @Test
  void thisModuleKeepsTheRulesOfTheHouse() {
    assertThat(HouseRules.broken(Path.of(""))).isEmpty();
  }

  @Test
  void thisModuleKeepsTheOrderOfImports() {
    assertThat(new ImportRules("dev.usher").broken(ImportRules.ownClasses())).isEmpty();
  }
}
