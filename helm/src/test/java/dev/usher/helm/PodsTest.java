package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.token.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the pods of Usher start, stop, and learn what they need. */
final class PodsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rooms: {concert: {title: Another}}",
        "upstreams: {shop: {sessionsPerPod: 200}}",
        "defaultUpstream: shop"
      })
  void aChangeThatTakesEffectLiveRestartsNothing(String change) {
    assertThat(template("config: {" + change + "}")).isEqualTo(template(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen: {limits: {connections: 100}}",
        "ops: {port: 9091}",
        "store: {redis: {commandTimeout: 2s}}",
        "keys: {file: /etc/keys/keys}",
        "drain: 21s"
      })
  void aChangeThatARunningGatewayCannotTakeRollsThePods(String change) {
    assertThat(template("config: {" + change + "}").at("/metadata/annotations"))
        .isNotEqualTo(template("").at("/metadata/annotations"));
  }

  @ParameterizedTest
  @CsvSource({
    "20s, 5, 35",
    "0s, 0, 10",
    "500ms, 5, 16",
    "1m, 5, 75",
    "1m500ms, 0, 71",
    "10m, 30, 640"
  })
  void aPodIsGivenTheTimeToLeaveTheLoadBalancerAndToDrain(String drain, int leave, int grace) {
    String values = "config: {drain: " + drain + "}\npreStopSeconds: " + leave;
    JsonNode spec = template(values).get("spec");
    assertThat(spec.get("terminationGracePeriodSeconds").intValue()).isEqualTo(grace);
    assertThat(spec.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt()).isEqualTo(leave);
  }

  @Test
  void pointsOfEntryFollowTheConfiguration() {
    Chart.Objects objects =
        Chart.objects(Chart.LEAST, "config: {listen: {port: 8888}, ops: {port: 9999}}");
    assertThat(objects.container().get("ports").findValuesAsText("containerPort"))
        .containsExactly("8888", "9999");
    assertThat(objects.one("Service", "usher-ops").at("/spec/ports/0/port").intValue())
        .isEqualTo(9999);
    assertThat(objects.one("Pod", "usher-test").at("/spec/containers/0/args/2").textValue())
        .isEqualTo("http://usher-ops:9999");
  }

  @Test
  void aKeyIsMadeForAFirstTryThatTheGatewayTakes() {
    String values = "key: {existingSecret: '', generate: true}";
    String made = key(Chart.objects(Chart.LEAST, values));
    assertThat(Keys.parse(made)).isNotNull();
    assertThat(key(Chart.objects(Chart.LEAST, values))).isNotEqualTo(made);
    assertThat(environment(values, "USHER_KEY").toString())
        .contains("{\"name\":\"usher-key\",\"key\":\"USHER_KEY\"}");
  }

  @Test
  void aPodDoesNotStartWithoutTheRedisThatTheConfigurationLeavesToTheSecret() {
    String secret = "redis: {existingSecret: redis}";
    assertThat(environment(secret, "USHER_REDIS_URL").findValue("optional").asBoolean()).isTrue();
    String only = secret + "\nconfig: {store: {redis: null}}";
    assertThat(environment(only, "USHER_REDIS_URL").findValue("optional").asBoolean()).isFalse();
    assertThat(environment(only, "USHER_REDIS_PASSWORD").findValue("optional").asBoolean())
        .isTrue();
  }

  @Test
  void aGatewayThatKeepsItsLineToItselfIsNeverTwo() {
    String alone = "replicas: 1\nconfig: {store: {redis: null}}";
    assertThat(Chart.objects(Chart.LEAST, alone).deployment().at("/spec/strategy/type").textValue())
        .isEqualTo("Recreate");
  }

  @Test
  void theFirstTryRedisIsTheStoreOfTheGateway() {
    Chart.Objects objects =
        Chart.objects(Chart.LEAST, "config: {store: {redis: null}}\ntryRedis: {enabled: true}");
    assertThat(objects.one("ConfigMap", "usher").at("/data/gateway.yaml").textValue())
        .contains("url: redis://usher-try-redis:6379");
    assertThat(objects.one("Service", "usher-try-redis").at("/spec/ports/0/port").intValue())
        .isEqualTo(6379);
  }

  @Test
  void aRoomForEveryHostOpensTheIngressToAll() {
    Chart.Objects objects = Chart.objects(Chart.LEAST, "ingress: {enabled: true}");
    assertThat(objects.one("Ingress", "usher").at("/spec/rules/0/host").isMissingNode()).isTrue();
  }

  private static JsonNode template(String values) {
    return Chart.objects(Chart.LEAST, values).deployment().at("/spec/template");
  }

  private static JsonNode environment(String values, String name) {
    return Chart.objects(Chart.LEAST, values)
        .container()
        .get("env")
        .valueStream()
        .filter(variable -> variable.get("name").textValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String key(Chart.Objects objects) {
    byte[] key =
        Base64.getDecoder()
            .decode(objects.one("Secret", "usher-key").at("/data/USHER_KEY").textValue());
    return new String(key, StandardCharsets.UTF_8);
  }
}
