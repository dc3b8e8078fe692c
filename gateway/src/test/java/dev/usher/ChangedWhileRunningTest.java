package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ChangedWhileRunningTest {
  private static final String CONCERT = "rooms: {concert: {title: City Concert}}\n";

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
  void aNewTitleIsOnThePageAndEverybodyKeepsThePlace() {
    String shop = Stage.shop(stage.pod(), 1);
    LiveFile file = new LiveFile(stage, folder, shop + CONCERT);
    Guest inside = new Guest(file.port());
    settled(inside);
    Guest first = new Guest(file.port());
    Guest second = new Guest(file.port());
    assertThat(first.opens("/").body()).contains("City Concert");
    second.opens("/");
    Stage.until("the second has one ahead", () -> ahead(second) == 1);

    long began = System.nanoTime();
    LiveFile.write(folder.resolve("gateway.yaml"), shop + "rooms: {concert: {title: Old Opera}}");
    Stage.until("the page has it", () -> first.opens("/").body().contains("Old Opera"));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    System.out.println("A new title was on the page after " + millis + " ms");
    assertThat(millis).isLessThan(10_000);
    assertThat(inside.fetches("/api").body()).isEqualTo("in");
    assertThat(ahead(first)).isZero();
    assertThat(ahead(second)).isEqualTo(1);
    inside.posts("/_usher/leave");
    first.comesIn("/");
  }

  @Test
  void aNewRoomGuardsItsPathsWhileARunningRequestFinishes() throws Exception {
    TestPod pod = stage.pod();
    String shop = Stage.shop(pod, 1);
    LiveFile file = new LiveFile(stage, folder, shop + "rooms: {concert: {paths: [/concert]}}");
    settled(new Guest(file.port()), "/concert");
    Guest slow = new Guest(file.port());
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(() -> slow.fetches("/theatre?held=1"), Stage.BESIDE);
    Stage.until("it is on its way", () -> pod.held() == 1);

    long began = System.nanoTime();
    file.becomes(shop + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    System.out.println("A new room guarded after " + millis + " ms");
    assertThat(millis).isLessThan(10_000);
    assertThat(new Guest(file.port()).opens("/theatre").state()).isEqualTo("waiting");
    assertThat(answer).isNotDone();
    pod.release();
    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("in at last");
    assertThat(metrics(file)).contains("room=\"theatre\"");
  }

  @Test
  void aRoomThatGoesGuardsNoMoreAndLeavesNoSeriesAndComesBackWithItsLine() {
    String shop = Stage.shop(stage.pod(), 1);
    String both = shop + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}";
    LiveFile file = new LiveFile(stage, folder, both);
    settled(new Guest(file.port()), "/concert");
    Guest waits = new Guest(file.port());
    assertThat(waits.opens("/theatre").state()).isEqualTo("waiting");
    Guest after = new Guest(file.port());
    after.opens("/theatre");
    Stage.until("one is ahead", () -> ahead(after) == 1);

    file.becomes(shop + "rooms: {concert: {paths: [/concert]}}");
    assertThat(waits.opens("/theatre").body()).isEqualTo("in");
    assertThat(metrics(file)).contains("room=\"concert\"").doesNotContain("theatre");
    assertThat(file.operator().fetches("/api/rooms/theatre").status()).isEqualTo(404);

    file.becomes(both);
    Stage.until("the place is there again", () -> ahead(after) == 1);
    assertThat(metrics(file)).contains("room=\"theatre\"");
  }

  @Test
  void whoListensToARoomThatGoesHearsItsEnd() {
    String shop = Stage.shop(stage.pod(), 1);
    String both = shop + "rooms: {concert: {paths: [/concert]}, theatre: {paths: [/theatre]}}";
    LiveFile file = new LiveFile(stage, folder, both);
    settled(new Guest(file.port()), "/concert");
    Guest guest = new Guest(file.port());
    assertThat(guest.opens("/theatre").state()).isEqualTo("waiting");
    try (Listening stream = guest.listens()) {
      stream.hears("place", "waiting");
      file.becomes(shop + "rooms: {concert: {paths: [/concert]}}");
      Stage.until("the stream ends", stream::isOver);
      assertThat(stream.retry()).isBetween(1000L, 10_000L);
    }
  }

  /** The first 52 bits, which a number of a metric holds. */
  private static long start(String fingerprint) {
    return Long.parseLong(fingerprint.substring(0, 13), 16);
  }

  @Test
  void aWrongFileIsRefusedAndNamedAndTheOldOneStays() {
    String shop = Stage.shop(stage.pod(), 1);
    LiveFile file = new LiveFile(stage, folder, shop + CONCERT);
    JsonObject told = file.becomes(shop + "rooms: {concert: {titel: Old Opera, weight: 0}}");
    assertThat(LiveFile.all(told.getJsonArray("refused"), "problem"))
        .contains("rooms.concert.titel is not a setting: did you mean title?")
        .contains("rooms.concert.weight must be at least 1 but was 0");
    assertThat(metrics(file))
        .contains("usher_config_refused 1.0")
        .contains("usher_config_fingerprint " + (double) start(told.getString("fingerprint")));
    settled(new Guest(file.port()));
    assertThat(new Guest(file.port()).opens("/").body()).contains("City Concert");

    told = file.becomes(shop + "rooms: {concert: {title: Old Opera}}");
    assertThat(told.getJsonArray("refused")).isEmpty();
    assertThat(metrics(file)).contains("usher_config_refused 0.0");
    assertThat(new Guest(file.port()).opens("/").body()).contains("Old Opera");
  }

  @Test
  void aFileThatIsGoneIsRefusedUntilItIsBack() throws IOException {
    String shop = Stage.shop(stage.pod(), 1);
    LiveFile file = new LiveFile(stage, folder, shop + CONCERT);
    Files.delete(folder.resolve("gateway.yaml"));
    Stage.within(20, "it is missed", () -> !file.told().getJsonArray("refused").isEmpty());
    assertThat(LiveFile.all(file.told().getJsonArray("refused"), "problem"))
        .endsWith("gateway.yaml must be a file but does not exist");
    assertThat(file.becomes(shop + CONCERT).getJsonArray("refused")).isEmpty();
  }

  @Test
  void whatNeedsARestartIsNamedAndTheRestIsTakenOver() {
    String shop = Stage.shop(stage.pod(), 1);
    LiveFile file = new LiveFile(stage, folder, shop + CONCERT);
    settled(new Guest(file.port()));
    String changed =
        "drain: 3s\n"
            + shop
            + "rooms: {concert: {title: Old Opera, session: {timeout: 1m}, poll: {max: 25s}}}\n";
    JsonObject told = file.becomes(changed);
    assertThat(LiveFile.all(told.getJsonArray("needsRestart"), "setting"))
        .isEqualTo("drain\nrooms.concert.session.timeout\nrooms.concert.poll.max");
    assertThat(metrics(file)).contains("usher_config_needs_restart_settings 3.0");
    assertThat(new Guest(file.port()).opens("/").body()).contains("Old Opera");
    JsonObject policy =
        file.operator().fetches("/api/rooms/concert").json().getJsonObject("policy");
    assertThat(policy.getDouble("sessionTimeoutSeconds")).isEqualTo(120);
    assertThat(policy.getDouble("pollMaxSeconds")).isEqualTo(20);

    told = file.becomes(shop + "rooms: {concert: {poll: {max: 24s}}}");
    assertThat(told.getJsonArray("needsRestart")).isEmpty();
    policy = file.operator().fetches("/api/rooms/concert").json().getJsonObject("policy");
    assertThat(policy.getDouble("pollMaxSeconds")).isEqualTo(24);
  }

  @Test
  void aLinkThatIsTurnedToAnotherDirectoryIsNoticed() throws IOException {
    String shop = Stage.shop(stage.pod(), 1);
    version("..one", shop + CONCERT);
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..one"));
    Path mounted = folder.resolve("gateway.yaml");
    Files.createSymbolicLink(mounted, Path.of("..data", "gateway.yaml"));
    LiveFile file = new LiveFile(stage, mounted);
    settled(new Guest(file.port()));

    version("..two", shop + "rooms: {concert: {title: Old Opera}}");
    Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..two"));
    Files.move(
        folder.resolve("..data_tmp"),
        folder.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Stage.within(
        20,
        "the page has the new title",
        () -> new Guest(file.port()).opens("/").body().contains("Old Opera"));
  }

  private void version(String directory, String yaml) throws IOException {
    LiveFile.write(Files.createDirectory(folder.resolve(directory)).resolve("gateway.yaml"), yaml);
  }

  /** Comes in, once the queue of a lasting key is known to have lost nothing. */
  private static void settled(Guest guest) {
    settled(guest, "/");
  }

  private static void settled(Guest guest, String path) {
    guest.comesIn(path);
  }

  private static int ahead(Guest guest) {
    return guest.place().json().getInteger("ahead", -1);
  }

  private static String metrics(LiveFile file) {
    return file.operator().fetches("/metrics").body();
  }
}
