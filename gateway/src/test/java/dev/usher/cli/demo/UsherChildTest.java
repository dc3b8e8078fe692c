package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.admission.Declared;
import dev.usher.config.ConfigReader;
import dev.usher.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsherChildTest {
  @Test
  void theGatewayOfTheDemoTrustsWarmPodsWithWhatIsDeclaredAtOnce(@TempDir Path folder)
      throws Exception {
    String text =
        UsherChild.configuration(
            DemoPlan.brief(5, 1),
            new DemoDoor(new Ports(8080, 9090, 8081), null),
            List.of("http://127.0.0.1:8081", "http://127.0.0.1:8082"));
    Path file = Files.writeString(folder.resolve("gateway.yaml"), text);
    GatewayConfig config = new ConfigReader(Map.of()).read(file);
    var shop = config.upstreams().get(0).options();
    assertThat(shop.pods()).hasSize(2);
    assertThat(shop.declared()).isEqualTo(new Declared(100, 200, 100, 0));
    assertThat(shop.tuning().warmUpMillis()).isZero();
    assertThat(shop.tuning().startAt()).isEqualTo(1);
    assertThat(config.listen().port()).isEqualTo(8080);
    assertThat(config.ops().port()).isEqualTo(9090);
  }
}
