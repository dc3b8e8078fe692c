package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.link.ClusterSet;
import dev.usher.store.redis.link.SentinelSet;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("redis")
@Tag("topology")
@Execution(ExecutionMode.CONCURRENT)
class FailOverTest {
  private static final String UPSTREAM = "shop";

  @TempDir private Path folder = Path.of(".");
  private Stage stage = new Stage(folder);

  @BeforeEach
  void set() {
    stage = new Stage(folder);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void whoComesWhileSentinelsReplaceTheMasterGetsAPlace() {
    try (SentinelSet set = new SentinelSet(folder)) {
      String nodes = nodes(set.servers().urls());
      int port = port("sentinel: {master: " + SentinelSet.NAME + ", nodes: [" + nodes + "]}");
      set.master().kill();
      assertThatWhoComesMeanwhileGetsAPlace(port);
    }
  }

  @Test
  void whoComesWhileAReplicaTakesOverItsShardGetsAPlace() {
    try (ClusterSet set = new ClusterSet(folder)) {
      int port = port("cluster: {nodes: [" + nodes(set.servers().urls()) + "]}");
      set.nodes().get(ClusterSet.shardOf(UPSTREAM)).kill();
      assertThatWhoComesMeanwhileGetsAPlace(port);
    }
  }

  private static String nodes(List<URI> urls) {
    return urls.stream().map(url -> "'" + url + "'").collect(Collectors.joining(", "));
  }

  /** Of a gateway whose one place is taken. */
  private int port(String servers) {
    Gateway gateway =
        stage.gateway(
            "store: {redis: {"
                + servers
                + "}}\n"
                + Stage.shop(stage.pod(), 1)
                + "rooms: {concert: {poll: {min: 200ms}}}");
    Guest inside = new Guest(gateway.port());
    inside.comesIn("/");
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("waiting");
    return gateway.port();
  }

  private static void assertThatWhoComesMeanwhileGetsAPlace(int port) {
    Guest newcomer = new Guest(port);
    // Where nobody has a number yet, nobody knows how many are ahead.
    Stage.until(
        "the newcomer has a place",
        () ->
            newcomer.opens("/").status() == 200
                && newcomer.place().json().getInteger("ahead", -1) > 0);
  }
}
