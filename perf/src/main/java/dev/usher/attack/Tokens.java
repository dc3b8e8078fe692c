package dev.usher.attack;

import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.OnePlaceRoom;
import dev.usher.attack.field.Pause;
import dev.usher.attack.field.RawAnswer;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Forged, altered, expired and borrowed passes and tickets: each must be treated as none. */
final class Tokens implements Attack {
  private final boolean isShort;

  Tokens(boolean isShort) {
    this.isShort = isShort;
  }

  @Override
  public String kind() {
    return "forged tokens";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.PLAIN;
  }

  @Override
  public boolean peersToo() {
    return false;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    OnePlaceRoom.fill(door);
    String pass = token(door, "GET", "/main/in", "usher-pass");
    String brief = token(door, "GET", "/brief/in", "usher-pass");
    String ticket = token(door, "POST", "/_usher/join?room=sale", "usher-ticket");
    if (pass.isEmpty() || brief.isEmpty() || ticket.isEmpty()) {
      throw new IllegalStateException("tokens to forge must be had but were not");
    }
    List<String> forged = new ArrayList<>(List.of(pass, brief, ticket));
    forged.addAll(altered(pass));
    forged.addAll(altered(ticket));
    forged.addAll(rewritten(pass));
    Pause.of(2500);
    try (Witness witness = Witness.of(door)) {
      door.pod().forget();
      Tries tries = new Tries(8);
      for (int i = 0; i < forged.size(); i++) {
        String token = forged.get(i);
        int n = i;
        tries.add(() -> wrong(door, "Usher-Pass: " + token, n));
        tries.add(() -> wrong(door, "Cookie: " + OnePlaceRoom.passCookie(door) + "=" + token, n));
        tries.add(() -> wrong(door, "Usher-Ticket: " + token, n));
        tries.add(() -> wrong(door, "Authorization: Bearer " + token, n));
      }
      tries.add(() -> expired(door, brief));
      return tries.result(witness);
    }
  }

  private static String wrong(GatewayDoor door, String field, int n) throws IOException {
    String target = "/sale/forged" + n;
    try (RawConnection wire = door.connect()) {
      wire.send("GET " + target + " HTTP/1.1\r\nHost: s\r\n" + field + "\r\n\r\n");
      RawAnswer answer = wire.answer(3000);
      boolean in = door.pod().saw(target) || answer.header("usher-state").equals("admitted");
      return in ? "let in with " + field.substring(0, Math.min(60, field.length())) : "";
    }
  }

  /** An expired pass gets a new session if places are free, never its old one. */
  private static String expired(GatewayDoor door, String pass) throws IOException {
    try (RawConnection wire = door.connect()) {
      wire.send("GET /brief/late HTTP/1.1\r\nHost: s\r\nUsher-Pass: " + pass + "\r\n\r\n");
      String fresh = wire.answer(3000).header("usher-pass");
      return fresh.equals(pass) ? "an expired pass was good" : "";
    }
  }

  private List<String> altered(String token) {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < token.length(); at += isShort ? 11 : 1) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      all.add(token.substring(0, at) + other + token.substring(at + 1));
      if (!isShort) {
        all.add(token.substring(0, at));
      }
    }
    for (String more : new String[] {"=", "A", ".", " x", ".x", "%00"}) {
      all.add(token + more);
    }
    return all;
  }

  private static List<String> rewritten(String pass) {
    String[] parts = pass.split("\\.", -1);
    if (parts.length != 3) {
      return List.of();
    }
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>();
    for (String room : new String[] {"main", "sale"}) {
      String body = encode(claims.replace("\"main\"", "\"" + room + "\""));
      for (String algorithm :
          new String[] {"none", "None", "NONE", "HS512", "RS256", "", "hs256"}) {
        String head = encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}");
        all.add(head + "." + body + ".");
        all.add(head + "." + body + "." + parts[2]);
        all.add(head + "." + body + "." + encode(""));
      }
      all.add(parts[0] + "." + body + "." + parts[2]);
      all.add(parts[0] + "." + body + ".");
      all.add(body + "." + parts[2]);
    }
    return all;
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String token(GatewayDoor door, String method, String target, String name)
      throws IOException {
    try (RawConnection wire = door.connect()) {
      wire.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: s\r\nAccept: text/html\r\n"
              + "Usher-Ticket: none\r\n"
              + (method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n"));
      return wire.answer(5000).header(name);
    }
  }
}
