package dev.usher.proxy.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Cidr;
import dev.usher.proxy.connection.OutsideOptions;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When one address carries so much of the traffic that the operator is told. */
class AddressCountTest {
  private static final String PROXY = "192.0.2.1";
  private static final OutsideOptions NONE_LISTED = OutsideOptions.DEFAULT;

  private final AddressCount count = new AddressCount();
  private final Addresses addresses = new Addresses("shop");
  private final Random random = new Random(7);

  /** Two shares of five are the proxy's, and all the others come from somewhere else each. */
  private AddressCount.Seen minute(int requests, String proxy) {
    for (int i = 0; i < requests; i++) {
      count.count(i % 5 < 2 ? proxy : "10.9." + random.nextInt(256) + "." + random.nextInt(256));
    }
    return count.take();
  }

  private Addresses.Heavy told(String loop, AddressCount.Seen seen, OutsideOptions options) {
    Addresses.Heavy heavy = addresses.tell(loop, seen, options, 0);
    return heavy == null ? new Addresses.Heavy("nobody", 0) : heavy;
  }

  @Test
  void whoCarriesTwoFifthsIsFoundAmongThousandsAndTheShareIsNeverTooMuch() {
    Addresses.Heavy heavy = told("one", minute(10_000, PROXY), NONE_LISTED);
    assertThat(heavy.address()).isEqualTo(PROXY);
    assertThat(heavy.share()).isBetween(1.0 / 3, 0.4);
  }

  @Test
  void loopbackListedAddressesAndFewRequestsAreNotToldOf() {
    assertThat(told("one", minute(299, PROXY), NONE_LISTED).address()).isEqualTo("nobody");
    assertThat(told("one", minute(1000, "127.0.0.1"), NONE_LISTED).address()).isEqualTo("nobody");
    OutsideOptions listed = new OutsideOptions(0, List.of(Cidr.of("192.0.2.0/24")));
    assertThat(told("one", minute(1000, PROXY), listed).address()).isEqualTo("nobody");
    // What the minute before was is forgotten.
    assertThat(minute(0, PROXY).from(PROXY)).isZero();
  }

  @Test
  void itIsAThirdOfWhatAllEventLoopsSawInTheLastMinute() {
    for (int i = 0; i < 700; i++) {
      count.count("10.0.0." + i % 200);
    }
    told("busy", count.take(), NONE_LISTED);
    for (int i = 0; i < 300; i++) {
      count.count(PROXY);
    }
    AddressCount.Seen own = count.take();
    assertThat(told("quiet", own, NONE_LISTED).address()).isEqualTo("nobody");
    Addresses.Heavy later = addresses.tell("quiet", own, NONE_LISTED, TimeUnit.MINUTES.toNanos(2));
    assertThat(Objects.requireNonNull(later).share()).isEqualTo(1);
  }
}
