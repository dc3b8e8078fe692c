package dev.usher.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.house.Wait;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The streams of one ticket. */
final class TicketStreamsTest extends StreamPlays {
  @Test
  void ofTheStreamsOfOneTicketTheNewestFewStay() throws IOException {
    Socket other = listener();
    sameTicket = true;
    List<Socket> same = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      same.add(listener());
    }
    Socket refused = visitor();
    assertThat(read(refused, "poll-instead")).contains("503 ", "retry-after: 45");
    round(1000);
    assertThat(all.open()).isEqualTo(7);
    for (Socket older : same.subList(0, 10)) {
      assertThat(read(older, "0\r\n\r\n")).contains("retry: 45000\n\n\r\n0\r\n");
    }
    ahead.set(9);
    round(1000);
    for (Socket newer : same.subList(10, 16)) {
      assertThat(read(newer, "\"ahead\":9")).contains("event: place");
    }
    assertThat(read(other, "\"ahead\":9")).contains("event: place");
    assertThat(all.open()).isEqualTo(7);
  }

  @Test
  void whoOpensOneAfterAnotherKeepsTheOthers() throws IOException {
    sameTicket = true;
    Socket quiet = listener();
    for (int i = 0; i < 30; i++) {
      Socket next = listener();
      round(1000);
      next.close();
      Wait.until("it is gone", () -> all.open() == 1);
    }
    ahead.set(9);
    round(1000);
    assertThat(read(quiet, "\"ahead\":9")).contains("event: place");
  }
}
