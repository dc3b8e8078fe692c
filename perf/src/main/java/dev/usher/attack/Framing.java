package dev.usher.attack;

import dev.usher.attack.field.AttackPod;
import dev.usher.attack.field.AttackedGateways;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Pause;
import dev.usher.attack.field.RawConnection;
import dev.usher.attack.field.Witness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Smuggling over HTTP/1.1: bodies whose end two parsers may see in different places. Nothing that
 * is sent as a body, or after a refused request, may become a request at the pod.
 */
final class Framing implements Attack {
  private static final String TARGET = "/main/framing";
  private static final String BURIED = "/sale/buried";
  private static final String BEHIND = "/main/behind";

  private static final long QUIET_MILLIS = 700;

  /** One message: its head's lines besides Host and pass, and its body. */
  record Variant(String line, String fields, String body) {
    static Variant post(String fields, String body) {
      return new Variant("POST TARGET HTTP/1.1", fields, body);
    }
  }

  private final boolean isShort;

  Framing(boolean isShort) {
    this.isShort = isShort;
  }

  @Override
  public String kind() {
    return "smuggling over HTTP/1.1";
  }

  @Override
  public AttackedGateways entrance() {
    return AttackedGateways.PLAIN;
  }

  @Override
  public boolean peersToo() {
    return true;
  }

  @Override
  public Result on(GatewayDoor door) throws Exception {
    List<Variant> variants = variants();
    String pass = door.pass();
    try (Witness witness = Witness.of(door)) {
      door.pod().forget();
      Queue<Told> told = new ConcurrentLinkedQueue<>();
      Tries tries = new Tries(16);
      for (int i = 0; i < variants.size(); i++) {
        int n = i;
        tries.add(
            () -> {
              told.add(tell(door, pass, variants.get(n), n));
              return "";
            });
      }
      tries.broken();
      Noticed pace = witness.pace();
      Pause.of(500);
      List<String> broken =
          told.stream().map(each -> wrong(door, each)).filter(wrong -> !wrong.isEmpty()).toList();
      int held = told.size() - broken.size();
      return new Result(variants.size(), held, String.join("\n", broken), pace);
    }
  }

  /** The answer to one variant; the pod is asked what it made of it when all of them are over. */
  private record Told(String what, String answers, int n) {}

  private static Told tell(GatewayDoor door, String pass, Variant variant, int n) {
    String fields = "Host: s\r\n" + pass;
    String line = variant.line.replace("TARGET", TARGET + n);
    String buried = "GET " + BURIED + n + " HTTP/1.1\r\nHost: s\r\nX: ";
    String behind = "GET " + BEHIND + n + " HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n";
    String answers;
    try (RawConnection wire = door.connect()) {
      wire.send(
          line
              + "\r\n"
              + fields
              + variant.fields.replace("BURIED", buried)
              + "\r\n"
              + variant.body.replace("BURIED", buried));
      wire.send(behind);
      answers = wire.rest(QUIET_MILLIS);
    } catch (IOException closed) {
      answers = "";
    }
    String what = line + " | " + variant.fields.replace("\r\n", "~") + " | " + variant.body;
    return new Told(what, answers, n);
  }

  private static String wrong(GatewayDoor door, Told told) {
    String answers = told.answers;
    String what = told.what;
    int n = told.n;
    int answered = answers.split("HTTP/1\\.1 [2-5]", -1).length - 1;
    boolean refused =
        answers.isEmpty() || answers.matches("(?s)HTTP/1\\.[01] (4[013]\\d|50[15]) .*");
    AttackPod pod = door.pod();
    if (door.isUsher() && pod.saw(BURIED + n)) {
      return "carried out what was buried in: " + what;
    }
    if (door.isUsher() && refused && pod.saw(BEHIND + n)) {
      return "carried out what came behind a refused one: " + what;
    }
    int carried = count(pod, TARGET + n) + count(pod, BURIED + n) + count(pod, BEHIND + n);
    return carried > answered && !answers.isEmpty()
        ? "pod read " + carried + " requests, " + answered + " were answered: " + what
        : "";
  }

  private static int count(AttackPod pod, String target) {
    return pod.saw(target) ? 1 : 0;
  }

  private List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    all.addAll(Bodies.variants());
    all.addAll(RequestLines.variants());
    List<Variant> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += isShort ? 3 : 1) {
      Variant variant = all.get(i);
      some.add(variant);
      // Once more with nothing buried: then what follows is a request in its own right.
      some.add(new Variant(variant.line, variant.fields, variant.body.replace("BURIED", "")));
    }
    return some;
  }
}
