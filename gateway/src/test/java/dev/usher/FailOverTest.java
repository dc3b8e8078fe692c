package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.ClusterSet;
import dev.usher.store.redis.SentinelSet;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
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
  void newcomersJoinAgainByThemselvesWhenSentinelsReplaceTheMaster() {
    try (SentinelSet set = new SentinelSet(folder)) {
      String nodes = nodes(set.servers().urls());
      int port = port("sentinel: {master: " + SentinelSet.NAME + ", nodes: [" + nodes + "]}");
      set.master().kill();
      assertThatNewcomersAreRefusedThenJoinAgain(port);
    }
  }

  @Test
  void newcomersJoinAgainByThemselvesWhenAReplicaTakesOverItsShard() {
    try (ClusterSet set = new ClusterSet(folder)) {
      int port = port("cluster: {nodes: [" + nodes(set.servers().urls()) + "]}");
      set.nodes().get(ClusterSet.shardOf(UPSTREAM)).kill();
      assertThatNewcomersAreRefusedThenJoinAgain(port);
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
    Stage.until("somebody is in", () -> "admitted".equals(inside.opens("/").state()));
    assertThat(new Guest(gateway.port()).opens("/").state()).isEqualTo("waiting");
    return gateway.port();
  }

  private static void assertThatNewcomersAreRefusedThenJoinAgain(int port) {
    Stage.until("newcomers are refused", () -> new Guest(port).opens("/").status() == 503);
    Stage.until("newcomers join", () -> new Guest(port).opens("/").status() == 200);
  }
}
