package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the environment, and by whom. */
class EnvironmentTest {
  @Test
  void oneTokenInTheEnvironmentServesTheGatewayAndTheCommandsThatAskIt() throws Exception {
    String token = "k".repeat(40);
    for (String given : List.of(token, "anna:" + token)) {
      ConfigReader reader = new ConfigReader(Map.of("USHER_OPS_TOKEN", given));
      assertThat(reader.read("gateway.yaml", GatewayConfigTest.SMALLEST).ops().tokens())
          .isNotNull();
    }
  }

  @Test
  void nothingInTheEnvironmentIsReadForAGatewayElsewhere(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("gateway.yaml"), GatewayConfigTest.SMALLEST);
    ConfigReader reader = new ConfigReader(Map.of("USHER_KEY", "foo", "USHER_OPS_TOKEN", "foo"));
    assertThat(reader.readFromAfar(file).upstreams()).hasSize(1);
  }
}
