package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.config.schema.RefusedConfigException;
import dev.usher.config.schema.Schema;
import dev.usher.room.RoomTimes;
import dev.usher.server.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final String SHOP = "upstreams: {shop: {pods: [http://a], sessionsPerPod: 10}}\n";
  private static final String CONCERT = "rooms: {concert: {title: City Concert}}\n";

  @TempDir private Path folder = Path.of(".");
  private Path path = folder;

  @BeforeEach
  void place() {
    path = folder.resolve("gateway.yaml");
  }

  private void write(String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConfigFile opened(String text) throws RefusedConfigException {
    write(text);
    return ConfigFile.open(new ConfigReader(Map.of()), path);
  }

  /** Two looks: what is found once may be half of what is being written. */
  private ConfigChange judged(ConfigFile file, String text) {
    write(text);
    assertThat(file.look()).isNull();
    return Objects.requireNonNull(file.look());
  }

  private ConfigChange.Changes taken(ConfigFile file, String text) {
    return ((ConfigChange.Taken) judged(file, text)).changes();
  }

  @Test
  void halfOfAFileThatIsBeingWrittenIsNotTakenForTheWhole() throws RefusedConfigException {
    ConfigFile file = opened(SHOP + "rooms: {concert: {}, theatre: {paths: [/theatre]}}\n");
    write(SHOP + "rooms: {concert: {}}\n");
    assertThat(file.look()).isNull();
    ConfigChange.Changes changes =
        taken(file, SHOP + "rooms: {concert: {weight: 2}, theatre: {paths: [/theatre]}}\n");
    assertThat(changes.changed()).containsExactly("rooms.concert.weight");
    assertThat(changes.removed()).isEmpty();
    assertThat(file.look()).isNull();
  }

  @Test
  void whatMeansTheSameHasNotChangedHoweverItIsWritten() throws RefusedConfigException {
    ConfigFile file = opened(SHOP + "rooms: {concert: {session: {timeout: 2m}}}\n");
    ConfigChange.Changes changes =
        taken(
            file,
            "# written otherwise\ndrain: 20s\nlisten: {limits: {headerSize: 16384}}\n"
                + SHOP
                + "rooms: {concert: {session: {timeout: 120s}, paths: [/], hosts: []}}\n");
    assertThat(changes.changed()).isEmpty();
    assertThat(changes.needsRestart()).isEmpty();
  }

  @Test
  void roomsAndUpstreamsThatComeAndGoAreNamed() throws RefusedConfigException {
    ConfigFile file = opened(SHOP + CONCERT);
    ConfigChange.Changes changes =
        taken(
            file,
            """
            defaultUpstream: shop
            upstreams:
              shop: {pods: [http://a, http://b], sessionsPerPod: 20}
              forum: {pods: [http://c], maxInFlightPerPod: 5, requestTimeout: 3s}
            rooms: {theatre: {upstream: forum, session: {timeout: 1m}}}
            """);
    assertThat(changes.added()).containsExactly("upstreams.forum", "rooms.theatre");
    assertThat(changes.removed()).containsExactly("rooms.concert");
    assertThat(changes.changed())
        .containsExactlyInAnyOrder(
            "defaultUpstream", "upstreams.shop.pods", "upstreams.shop.sessionsPerPod");
    assertThat(changes.needsRestart()).isEmpty();
    assertThat(file.config().rooms().get(0).policy().sessionTimeout())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatNeedsARestartKeepsItsValueUntilTheFileSaysItAgain() throws Exception {
    ConfigFile file = opened("listen: {port: 8000}\n" + SHOP + CONCERT);
    Path tls = TestCertificate.both(path.resolveSibling("tls.pem"));
    String other =
        "listen: {port: 8001, tls: {certificate: " + tls + ", key: " + tls + "}}\n" + SHOP;
    ConfigChange.Changes changes = taken(file, other + "rooms: {concert: {weight: 3}}\n");
    assertThat(changes.needsRestart()).containsExactly("listen.port", "listen.tls");
    assertThat(changes.changed()).containsExactly("rooms.concert.title", "rooms.concert.weight");
    assertThat(file.config().listen().port()).isEqualTo(8000);
    assertThat(file.config().listen().tls()).isNull();
    assertThat(file.config().rooms().get(0).policy().weight()).isEqualTo(3);

    changes = taken(file, "listen: {port: 8000}\n" + SHOP + CONCERT);
    assertThat(changes.needsRestart()).isEmpty();
  }

  @Test
  void aFileThatDoesNotGoWithWhatStaysIsRefusedAndSaysWhatStays() throws RefusedConfigException {
    ConfigFile file = opened(SHOP + "rooms: {concert: {offer: 26s}}\n");
    ConfigChange change =
        judged(file, SHOP + "rooms: {concert: {offer: 40s, poll: {max: 24s}, weight: 2}}\n");
    assertThat(((ConfigChange.Refused) change).problems())
        .singleElement()
        .asString()
        .startsWith("rooms.concert.offer must be at least 30s")
        .endsWith(
            "(as it runs: what needs a restart keeps its value, which is rooms.concert.offer)");
    assertThat(file.config().rooms().get(0).policy().weight()).isEqualTo(1);
  }

  @Test
  void theLongestTimeBetweenPollsIsLiveAsLongAsThePresenceWindowStays() {
    Schema max = at(Schema.shipped(), "rooms", "any", "poll", "max");
    Duration upTo = Objects.requireNonNull(max.liveUpTo());
    Duration least = RoomTimes.presenceWindow(Duration.ofSeconds(1));
    assertThat(RoomTimes.presenceWindow(upTo)).isEqualTo(least);
    assertThat(RoomTimes.presenceWindow(upTo.plusMillis(1))).isGreaterThan(least);
  }

  private static Schema at(Schema schema, String... keys) {
    Schema found = schema;
    for (String key : keys) {
      found = Objects.requireNonNull(found.at(key));
    }
    return found;
  }
}
