package dev.usher.attack;

import dev.usher.attack.field.AttackPod;
import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.Frames;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.H2;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Smuggling over HTTP/2: bytes in names, values, pseudo-headers and trailers that end a line in
 * HTTP/1.1. Each must be refused, or reach the pod as the single request and the single field that
 * it was.
 */
final class Heads implements Attack {
  private static final int AT_ONCE = 8;
  private static final long PATIENCE_MILLIS = 5000;

  /** Bytes that RFC 9113 forbids in values wherever they stand. */
  private static final String FORBIDDEN = "\0\r\n";

  private static final String BURIED =
      """
      POST /sale/buriedNUMBER HTTP/1.1\r
      Host: s\r
      Usher-Pass: forged.by.stranger\r
      X-Forwarded-For: 10.0.0.1\r
      Content-Length: 6\r
      \r
      seat=7\
      """;

  /** Where in the head the bytes go; alternating names and values, added to a proper request. */
  private record Variant(String place, String text) {}

  private final boolean isShort;

  Heads(boolean isShort) {
    this.isShort = isShort;
  }

  @Override
  public String kind() {
    return "smuggling over HTTP/2";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.TLS;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    List<Variant> variants = variants();
    try (Witness witness = Witness.of(door)) {
      door.pod().forget();
      Tries tries = new Tries(AT_ONCE);
      for (int from = 0; from < AT_ONCE; from++) {
        int first = from;
        for (int i = first; i < variants.size(); i += AT_ONCE) {
          int n = i;
          tries.add(() -> wrong(door, variants.get(n), n));
        }
      }
      return tries.result(witness);
    }
  }

  private static String wrong(GatewayDoor door, Variant variant, int n) throws IOException {
    String what = variant.place + " with " + printable(variant.text);
    int before = door.pod().nonsense().size();
    H2.Reply reply;
    try (H2 h2 = H2.connect(door)) {
      h2.send(request(variant, n));
      reply = h2.reply(1, PATIENCE_MILLIS);
      if (h2.isClosed() && !reply.ended()) {
        // Closed without saying why: nothing of it was answered.
        reply = new H2.Reply(0, -1, 1, false);
      }
    } catch (IOException closed) {
      reply = new H2.Reply(0, -1, 1, false);
    }
    AttackPod pod = door.pod();
    if (pod.saw("/sale/buried" + n)) {
      return "carried out what was buried in a " + what;
    }
    if (pod.nonsense().size() > before
        && pod.nonsense().stream().anyMatch(x -> x.contains("~" + n))) {
      return "the pod read nonsense after a " + what;
    }
    boolean mustRefuse = variant.text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    if (door.isUsher() && mustRefuse && !reply.refused()) {
      return "answered " + reply.status() + " to a " + what;
    }
    return door.isUsher() && !reply.ended() && reply.goAway() < 0 && !reply.refused()
        ? "never answered a " + what
        : "";
  }

  private static byte[] request(Variant variant, int n) {
    String text = variant.text.replace("BURIED", BURIED.replace("NUMBER", String.valueOf(n)));
    String path = "/free/heads" + n;
    String[] pseudo = {":method", "GET", ":scheme", "https", ":authority", "s", ":path", path};
    String[] more = {"x-n", "~" + n};
    switch (variant.place) {
      case "value" -> more = new String[] {"x", text};
      case "cookie" -> more = new String[] {"cookie", text};
      case "name" -> more = new String[] {text, "1"};
      case ":method" -> pseudo[1] = text;
      case ":scheme" -> pseudo[3] = text;
      case ":authority" -> pseudo[5] = text;
      case ":path" -> pseudo[7] = path + text;
      case ":other" -> more = new String[] {":" + text, "1"};
      default -> {
        // Trailers follow the body.
        byte[] head = Frames.head(pseudo);
        byte[] trailers = Frames.head("x-trailer", text, text, "1");
        return Frames.join(
            Frames.frame(Frames.HEADERS, Frames.END_HEADERS, 1, head),
            Frames.frame(Frames.DATA, 0, 1, new byte[] {'x'}),
            Frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, trailers));
      }
    }
    byte[] block = Frames.join(Frames.head(pseudo), Frames.head(more));
    return Frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, block);
  }

  private List<Variant> variants() {
    String[] places = {
      "value", "cookie", "name", ":method", ":scheme", ":authority", ":path", ":other", "trailer"
    };
    List<Variant> all = new ArrayList<>();
    for (String place : places) {
      for (String end : new String[] {"\r\n", "\n", "\r", "\0", "\r\n\r\n", "\n\n", "\r\r"}) {
        all.add(new Variant(place, "a" + end + "BURIED"));
        all.add(new Variant(place, end + "BURIED"));
        all.add(new Variant(place, "a" + end + "x: y" + end + end + "BURIED"));
        all.add(new Variant(place, "a HTTP/1.1" + end + "Host: s" + end + end + "BURIED"));
        all.add(new Variant(place, "a" + end));
        all.add(new Variant(place, end + "a"));
      }
      for (int octet = 0; octet < 256; octet += isShort ? 7 : 1) {
        all.add(new Variant(place, "a" + (char) octet + "b"));
      }
    }
    Random random = new Random(11);
    String alphabet = "\r\n\0 :;=,/?#%ab\u007f\u00ff\t";
    for (int i = 0; i < (isShort ? 40 : 400); i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(12); left >= 0; left--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      all.add(new Variant(places[random.nextInt(places.length)], text + "BURIED"));
    }
    return all;
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.chars()
        .limit(24)
        .forEach(
            c ->
                printable.append(
                    c < ' ' || c > '~' ? String.format("\\x%02x", c) : String.valueOf((char) c)));
    return printable.toString();
  }
}
