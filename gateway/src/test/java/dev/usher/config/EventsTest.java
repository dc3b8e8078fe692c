package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.config.schema.RefusedConfigException;
import dev.usher.sale.SaleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events are read as they are meant, and what cannot be meant is refused with the remedy. */
final class EventsTest {
  private static final String SHOP =
      "upstreams: {shop: {pods: ['http://10.0.0.1'], sessionsPerPod: 100}}\n";

  private static GatewayConfig read(String... events) throws RefusedConfigException {
    return new ConfigReader(Map.of())
        .read(
            "gateway.yaml",
            SHOP + "rooms: {concert: {events: [" + String.join(", ", events) + "]}}");
  }

  private static String refusal(String... events) {
    RefusedConfigException refused =
        catchThrowableOfType(RefusedConfigException.class, () -> read(events));
    assertThat(refused).isNotNull();
    return String.join("\n", refused.problems());
  }

  private static String sale(String more) {
    return "{name: sale, zone: Europe/Berlin, opensAt: '2026-06-12T10:00', " + more + "}";
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    List<SaleEvent> events = read(sale("replicas: 30")).rooms().get(0).policy().events();
    SaleEvent event = events.get(0);
    assertThat(event.key()).isEqualTo("concert/sale@2026-06-12");
    assertThat(event.size()).isEqualTo(new SaleEvent.Size(30, 0, null));
    assertThat(event.times().preQueueAt()).isNull();
    assertThat(event.times().closesAt()).isNull();
    assertThat(event.readyBefore()).isEqualTo(Duration.ofMinutes(5));
    assertThat(event.holdAfterEmpty()).isEqualTo(Duration.ofMinutes(10));
    assertThat(event.scaleIn()).isEqualTo(10);
  }

  @Test
  void timesAreThoseOfTheClocksThere() throws Exception {
    SaleEvent event =
        read(sale(
                "visitors: 15000, within: 10m, preQueueAt: '2026-06-12 09:30',"
                    + " closesAt: '2026-06-12T18:00:30'"))
            .rooms()
            .get(0)
            .policy()
            .events()
            .get(0);
    assertThat(event.opensAtMillis()).isEqualTo(1_781_251_200_000L); // 08:00 UTC
    assertThat(event.times().preQueueAt())
        .hasToString("2026-06-12 09:30:00 Europe/Berlin (2026-06-12T07:30:00Z)");
    assertThat(event.size()).isEqualTo(new SaleEvent.Size(0, 15_000, Duration.ofMinutes(10)));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(refusal("{name: sale}"))
        .contains("rooms.concert.events[0].opensAt must be set but is missing")
        .contains("rooms.concert.events[0].zone must be set but is missing")
        .contains("must have at least one of replicas, visitors but has none")
        .contains("how many pods the event needs");
  }

  @Test
  void aSizeIsSaidOnce() {
    assertThat(refusal(sale("replicas: 3, visitors: 5")))
        .contains("events[0].visitors must be the only one of replicas and visitors");
    assertThat(refusal(sale("replicas: 3, within: 5m")))
        .contains("events[0].within must be left out where replicas says how many pods there are");
  }

  @Test
  void aTimeThatNoClockShowsIsRefusedWithBothReadings() {
    assertThat(
            refusal("{name: sale, zone: Europe/Berlin, replicas: 3, opensAt: '2026-03-29T02:30'}"))
        .contains(
            "events[0].opensAt must be a time that clocks there show but was 2026-03-29T02:30")
        .contains("write 2026-03-29T01:30 or 2026-03-29T03:30");
    assertThat(refusal("{name: sale, zone: UTC, replicas: 3, opensAt: '2026-02-30T02:30'}"))
        .contains("must be a day and a time that there are but was \"2026-02-30T02:30\"");
    assertThat(refusal("{name: sale, zone: UTC, replicas: 3, opensAt: tomorrow}"))
        .contains("must be a local day and time such as 2026-06-12T10:00 but was \"tomorrow\"");
  }

  @Test
  void aTimeThatClocksShowTwiceIsTaken() throws Exception {
    read("{name: sale, zone: Europe/Berlin, replicas: 3, opensAt: '2026-10-25T02:30'}");
  }

  @Test
  void aZoneIsOneOfTheDatabase() {
    assertThat(refusal("{name: sale, zone: berlin, replicas: 3, opensAt: '2026-06-12T10:00'}"))
        .contains("events[0].zone must be a zone of the IANA database such as Europe/Berlin")
        .contains("but was \"berlin\": did you mean Europe/Berlin?");
    assertThat(
            refusal("{name: sale, zone: Europe/Berln, replicas: 3, opensAt: '2026-06-12T10:00'}"))
        .contains("but was \"Europe/Berln\": did you mean Europe/Berlin?");
    assertThat(refusal("{name: sale, zone: new yrok, replicas: 3, opensAt: '2026-06-12T10:00'}"))
        .contains("but was \"new yrok\": did you mean America/New_York?");
    assertThat(refusal("{name: sale, zone: '+02:00', replicas: 3, opensAt: '2026-06-12T10:00'}"))
        .contains("must be a zone of the IANA database");
  }

  @Test
  void aKeyThatIsNearlyRightIsNamed() {
    assertThat(
            refusal(sale("replicas: 3, openAt: '2026-06-12T10:00', preQueue: '2026-06-12T09:00'")))
        .contains("rooms.concert.events[0].openAt is not a setting: did you mean opensAt?")
        .contains("rooms.concert.events[0].preQueue is not a setting: did you mean preQueueAt?");
    assertThat(refusal(sale("replicas: 3, colour: red")))
        .contains("events[0].colour is not a setting: known here are closesAt, holdAfterEmpty,");
  }

  @Test
  void peopleGatherBeforeTheOpeningAndItEndsAfter() {
    assertThat(refusal(sale("replicas: 3, preQueueAt: '2026-06-12T10:00'")))
        .contains("events[0].preQueueAt must be before opensAt, 2026-06-12T10:00, but was");
    assertThat(refusal(sale("replicas: 3, closesAt: '2026-06-12T09:00'")))
        .contains("events[0].closesAt must be after opensAt, 2026-06-12T10:00, but was");
  }

  @Test
  void twoOfADayHaveNamesOfTheirOwn() throws Exception {
    String evening = "{name: sale, zone: Europe/Berlin, opensAt: '2026-06-12T20:00', replicas: 3}";
    assertThat(refusal(sale("replicas: 3"), evening))
        .contains(
            "events[1].name must differ from that of the room's other events of the same day");
    read(sale("replicas: 3"), evening.replace("06-12", "06-13"));
  }

  @Test
  void noEventShutsTheDoorOnAnother() throws Exception {
    String presale = sale("replicas: 3, closesAt: '2026-06-12T12:00'");
    String next =
        "{name: next, zone: Europe/Berlin, opensAt: '2026-06-12T13:00', replicas: 3,"
            + " preQueueAt: '2026-06-12T11:30'}";
    assertThat(refusal(presale, next))
        .contains("events[1].preQueueAt must not overlap with another event of the room")
        .contains(
            "next gathers people from 2026-06-12T11:30 on, and sale is on until 2026-06-12T12:00");
    read(presale, next.replace("11:30", "12:00"));
  }

  @Test
  void whoOnlyWatchesHoldsNobodyBack() throws Exception {
    GatewayConfig config =
        new ConfigReader(Map.of())
            .read(
                "gateway.yaml",
                SHOP
                    + "rooms: {concert: {mode: observe, events: ["
                    + sale("replicas: 3, preQueueAt: '2026-06-12T09:00'")
                    + "]}}");
    assertThat(String.join("\n", config.warnings()))
        .contains("events[0].preQueueAt holds nobody back while mode is observe");
  }
}
