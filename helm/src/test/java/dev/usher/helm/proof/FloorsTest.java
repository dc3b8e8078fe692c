package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.pods.kubernetes.Cluster;
import dev.usher.provision.floor.FloorNews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A floor that Usher raised in a real API server, of whatever says how many pods there are, ends as
 * it was, whatever happens meanwhile. Each play has a shop of its own.
 */
@WaitingOnCluster
@Order(6)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FloorsTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration MINUTES = Duration.ofMinutes(3);
  private static final List<String> PLAYS =
      List.of("up", "dies", "edited", "fought", "gone", "jumps");

  private final Raised raised = new Raised();
  private final Map<String, Floored> shops = new TreeMap<>();

  @BeforeAll
  void openTheShops() {
    for (OwnerKind kind : OwnerKind.values()) {
      for (String play : kind.isHere(raised.client()) ? PLAYS : List.<String>of()) {
        shops.put(name(kind, play), new Floored(raised, kind, name(kind, play)));
      }
    }
    shops.values().forEach(shop -> shop.shop().awaitReady(2, MINUTES));
    shops.values().forEach(shop -> shop.applied(2));
  }

  private static String name(OwnerKind kind, String play) {
    return play + "-" + kind.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private Floored shop(OwnerKind kind, String play) {
    if (kind == OwnerKind.SCALED_OBJECT) {
      Keda.mustBeThere(raised.client());
    }
    return Objects.requireNonNull(shops.get(name(kind, play)));
  }

  @AfterAll
  void close() {
    raised.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void eachIsRaisedToThirtyAndGivenBackFieldByField() {
    List<Floored> three = new ArrayList<>();
    List<JsonNode> before = new ArrayList<>();
    for (OwnerKind kind : OwnerKind.values()) {
      if (!kind.isHere(raised.client())) {
        continue;
      }
      Floored shop = shop(kind, "up");
      three.add(shop);
      before.add(shop.everything());
      long began = System.nanoTime();
      assertThat(shop.look(30).trouble()).isNull();
      Until.measured(
          "floor of %s 2 -> 30: owner found, tried and written after %.2f s",
          kind, World.seconds(began));
    }
    long began = System.nanoTime();
    for (Floored shop : three) {
      shop.shop().awaitReady(30, MINUTES);
      Until.measured(
          "floor of %s 2 -> 30: ready %.1f s after the last of three was written",
          shop.kind(), World.seconds(began));
      // While it is raised, an apply of the manifest is refused, and says by whom.
      assertThatThrownBy(() -> shop.apply(2)).hasMessageContaining("usher");
    }
    for (int i = 0; i < three.size(); i++) {
      three.get(i).lookUntilGivenBack();
      assertThat(three.get(i).everything()).isEqualTo(before.get(i));
      // And then the manifest goes through, another value, and one that leaves it out.
      three.get(i).apply(2);
      three.get(i).apply(3);
      assertThat(three.get(i).owner().min()).isEqualTo(3);
      three.get(i).applyWithout();
      assertThat(three.get(i).owner().min()).isEqualTo(three.get(i).kind().leftOut());
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void whoeverDiesAtAnyRequestIsFollowedByOneWhoEndsIt(OwnerKind kind) {
    Floored shop = shop(kind, "dies");
    JsonNode before = shop.everything();
    int deaths = 0;
    try (ApiTurnstile api = new ApiTurnstile(raised.client())) {
      for (ApiTurnstile.Death death : ApiTurnstile.Death.values()) {
        for (int changes = 0; dies(shop, api.replica(changes, death), api); changes++) {
          deaths++;
          shop.anotherLeads();
          shop.lookUntilGivenBack();
          assertThat(shop.everything()).as(death + " change " + changes).isEqualTo(before);
        }
        assertThat(shop.everything()).isEqualTo(before);
      }
    }
    // Tried, raised, lowered, put back, released: five, and each before and after. Some were sent
    // again, for the object had changed meanwhile.
    assertThat(deaths).isGreaterThanOrEqualTo(10);
    shop.apply(2);
    Until.measured("floor of %s: a leader died at each of %d moments of its life", kind, deaths);
  }

  /** A whole life of a floor by way of a replica; whether that died on the way. */
  private static boolean dies(Floored shop, Cluster replica, ApiTurnstile api) {
    shop.leadsBy(replica);
    for (int i = 0; i < 10 && !api.isDead() && !shop.owner().isNoted(); i++) {
      shop.look(4);
    }
    for (int i = 0; i < 10 && !api.isDead() && shop.owner().isNoted(); i++) {
      shop.pass(A_MINUTE);
      shop.look(1);
    }
    replica.close().await();
    return api.isDead();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void aPersonsEditStandsAndIsToldOfAlsoByTheNextLeader(OwnerKind kind) {
    Floored shop = shop(kind, "edited");
    shop.look(30);
    shop.owner().edit("kubectl-edit", 12);
    for (int leader = 0; leader < 2; leader++) {
      FloorNews news = shop.look(30);
      assertThat(news.standing()).isEqualTo("changed_by_others");
      assertThat(Objects.requireNonNull(news.trouble()).problem()).contains("was 2", "wrote 12");
      shop.anotherLeads();
    }
    shop.lookUntilGivenBack();
    assertThat(shop.owner().min()).isEqualTo(12);
    assertThat(shop.everything().toString()).doesNotContain("\"usher\"").contains("kubectl-edit");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void whoPutsItBackAgainAndAgainIsNamedAndLeftAlone(OwnerKind kind) {
    Floored shop = shop(kind, "fought");
    raised.by("argocd-controller").force(shop.manifest(2));
    int written = 0;
    FloorNews news = shop.look(30);
    for (int i = 0; i < 10; i++) {
      written += shop.owner().min() == 30 ? 1 : 0;
      raised.by("argocd-controller").force(shop.manifest(2));
      shop.pass(Duration.ofSeconds(5));
      // A new leader knows of the fight too.
      shop.anotherLeads();
      news = shop.look(30);
    }
    assertThat(news.standing()).isEqualTo("put_back_again");
    assertThat(Objects.requireNonNull(news.trouble()).problem()).startsWith("argocd-controller");
    assertThat(news.trouble().fix()).contains("RespectIgnoreDifferences=true");
    assertThat(written).isEqualTo(3);
    assertThat(shop.owner().min()).isEqualTo(2);
    shop.look(1);
    assertThat(shop.owner().isNoted()).isFalse();
    assertThat(shop.everything().toString()).doesNotContain("\"usher\"");
    Until.measured(
        "floor of %s put back ten times: Usher wrote %d times, and then stopped", kind, written);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void whatWasRaisedForAnUpstreamThatIsGoneIsGivenBack(OwnerKind kind) {
    Floored shop = shop(kind, "gone");
    JsonNode before = shop.everything();
    shop.look(8);
    shop.sweepUntilGivenBack(Set.copyOf(shops.keySet()));
    assertThat(shop.everything()).isEqualTo(before);
    shop.apply(2);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void aClockThatJumpsCostsAtMostAStepAndHoldsNothingUp(OwnerKind kind) {
    Floored shop = shop(kind, "jumps");
    JsonNode before = shop.everything();
    shop.look(12);
    shop.pass(Duration.ofHours(-3));
    shop.look(12);
    assertThat(shop.owner().min()).isEqualTo(12);
    shop.look(1);
    assertThat(shop.owner().min()).isEqualTo(11);
    shop.pass(Duration.ofDays(400));
    shop.look(1);
    assertThat(shop.owner().min()).isEqualTo(10);
    shop.look(1);
    assertThat(shop.owner().min()).isEqualTo(10);
    shop.lookUntilGivenBack();
    assertThat(shop.everything()).isEqualTo(before);
    shop.apply(2);
  }
}
