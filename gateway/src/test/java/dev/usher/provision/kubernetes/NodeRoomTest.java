package dev.usher.provision.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods are counted onto nodes by what they ask for, and only onto nodes that take them. */
final class NodeRoomTest {
  private static JsonObject node(String name) {
    return new JsonObject(
        """
        {"metadata": {"name": "%s", "labels": {"kind": "big"}}, "spec": {},
         "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "110"},
           "conditions": [{"type": "Ready", "status": "True"}]}}
        """
            .formatted(name));
  }

  private static JsonObject wanted() {
    return new JsonObject(
        """
        {"containers": [
          {"resources": {"requests": {"cpu": "300m"}, "limits": {"cpu": "1", "memory": "1Gi"}}},
          {"resources": {"requests": {"cpu": "200m"}}}]}
        """);
  }

  private static JsonObject pod(String node, String phase) {
    return new JsonObject()
        .put("spec", wanted().put("nodeName", node))
        .put("status", new JsonObject().put("phase", phase));
  }

  private static long room(JsonObject node, JsonObject wanted, JsonObject... pods) {
    return new NodeRoom(List.of(node), List.of(pods), wanted, PodAsk.of(wanted)).room();
  }

  @Test
  void whatIsAskedForIsTheSumOfTheContainersAndALimitWhereNothingIs() {
    PodAsk ask = PodAsk.of(wanted());
    assertThat(ask.requests().get("cpu")).isEqualByComparingTo("0.5");
    assertThat(ask.counted("requests.memory")).isEqualByComparingTo("1073741824");
    assertThat(ask.counted("limits.cpu")).isEqualByComparingTo("1");
    assertThat(ask.counted("count/pods")).isEqualByComparingTo("1");
    assertThat(ask.counted("count/secrets")).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void theScarcestDecidesAndWhoIsDoneAsksForNothing() {
    assertThat(room(node("a"), wanted())).isEqualTo(8);
    JsonObject small = node("a");
    small.getJsonObject("status").getJsonObject("allocatable").put("memory", "3500Mi");
    assertThat(room(small, wanted())).isEqualTo(3);
    assertThat(room(node("a"), wanted(), pod("a", "Running"), pod("b", "Running"))).isEqualTo(7);
    assertThat(room(node("a"), wanted(), pod("a", "Succeeded"))).isEqualTo(8);
  }

  @Test
  void aNodeThatTakesNoneHasNoRoom() {
    JsonObject cordoned = node("a").put("spec", new JsonObject().put("unschedulable", true));
    assertThat(room(cordoned, wanted())).isZero();
    JsonObject elsewhere = wanted().put("nodeSelector", new JsonObject().put("kind", "small"));
    assertThat(room(node("a"), elsewhere)).isZero();
    JsonObject gone = node("a");
    gone.getJsonObject("status").put("conditions", new JsonArray());
    assertThat(room(gone, wanted())).isZero();
  }

  @Test
  void aTaintKeepsThoseOffThatDoNotTolerateIt() {
    JsonObject taint =
        new JsonObject().put("key", "for").put("value", "sale").put("effect", "NoSchedule");
    JsonObject tainted = node("a").put("spec", new JsonObject().put("taints", JsonArray.of(taint)));
    assertThat(room(tainted, wanted())).isZero();
    JsonObject tolerant =
        wanted()
            .put(
                "tolerations",
                JsonArray.of(new JsonObject().put("key", "for").put("operator", "Exists")));
    assertThat(room(tainted, tolerant)).isEqualTo(8);
    tolerant.getJsonArray("tolerations").getJsonObject(0).put("operator", "Equal");
    assertThat(room(tainted, tolerant)).isZero();
  }
}
