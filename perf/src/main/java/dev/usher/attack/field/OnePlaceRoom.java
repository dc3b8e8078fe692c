package dev.usher.attack.field;

import java.io.IOException;

/** The room "sale", which has one place. */
public final class OnePlaceRoom {
  private OnePlaceRoom() {}

  /** Lets visitors in until one has to wait. */
  public static void fill(GatewayDoor door) throws IOException {
    for (int i = 0; i < 40; i++) {
      try (RawConnection wire = door.connect()) {
        wire.send("GET /sale/in HTTP/1.1\r\nHost: tickets.example\r\nAccept: text/html\r\n\r\n");
        if (wire.answer(5000).header("usher-state").equals("waiting")) {
          return;
        }
      }
      Pause.of(100);
    }
    throw new IllegalStateException("the room with one place must fill but does not");
  }

  /** The name of its pass cookie. */
  public static String passCookie(GatewayDoor door) {
    return door.tls() ? "__Host-usher-pass-sale" : "usher-pass-sale";
  }
}
