package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.HouseRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  @Test
  void thisModuleKeepsTheRulesOfTheHouse() {
    assertThat(HouseRules.broken(Path.of(""))).isEmpty();
  }

  @Test
  void noTypeOfAnyModuleIsPublicForNobody() {
    assertThat(HouseRules.publicForNobody(Path.of(""))).isEmpty();
  }

  @Test
  void noPackageIsCrowdedAndNoNameIsUsedTwice() {
    assertThat(HouseRules.crowded(Path.of(""))).isEmpty();
  }
}
