package dev.usher.attack;

import dev.usher.attack.field.Field;
import dev.usher.attack.field.GatewayDoor;
import dev.usher.attack.field.Noticed;
import dev.usher.attack.field.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs all kinds of attacks on a gateway, prints a table, and exits with 0 if everything held. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    boolean isShort = words.contains("--short");
    String only = after(words, "--only", "");
    Path jar = Path.of(after(words, "--jar", "gateway/target/usher.jar")).toAbsolutePath();
    if (!Files.exists(jar)) {
      System.err.println("The gateway must be built at " + jar + " but is not: mvn package");
      System.exit(2);
    }
    Path work = Files.createTempDirectory("usher-attack");
    boolean held;
    try (Field field = new Field(work, jar)) {
      held = attack(field, all(isShort, only), isShort);
    } finally {
      delete(work);
    }
    System.exit(held ? 0 : 1);
  }

  private static String after(List<String> words, String option, String otherwise) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : otherwise;
  }

  private static List<Attack> all(boolean isShort, String only) {
    List<Attack> all = new ArrayList<>();
    all.add(new Framing(isShort));
    all.add(new Heads(isShort));
    all.add(new LyingPods(isShort));
    all.add(new Tokens(isShort));
    all.add(new Paths(isShort));
    all.add(new Hosts());
    all.add(new SpoofedForwarding());
    all.add(new Fuzz(isShort));
    for (Hogging.Way way : Hogging.Way.values()) {
      all.add(new Hogging(way, isShort));
    }
    for (FrameFlood.Way way : FrameFlood.Way.values()) {
      all.add(new FrameFlood(way, isShort));
    }
    all.add(new SlowWindows(0, isShort));
    all.add(new SlowWindows(1, isShort));
    for (SlowStarts.Way way : SlowStarts.Way.values()) {
      // The short form has no time to wait for timeouts.
      if (!isShort || way == SlowStarts.Way.HEADS || way == SlowStarts.Way.HTTP2_HEADS) {
        all.add(new SlowStarts(way, isShort));
      }
    }
    all.add(Crowding.onOpsPort());
    all.add(new Joining(isShort));
    for (Memory.Way way : Memory.Way.values()) {
      all.add(new Memory(way, false, isShort));
      all.add(new Memory(way, true, isShort));
    }
    all.add(Crowding.onVisitorsPort());
    return all.stream()
        .filter(attack -> attack.kind().toLowerCase(Locale.ROOT).contains(only))
        .toList();
  }

  private static boolean attack(Field field, List<Attack> attacks, boolean isShort)
      throws Exception {
    Table table = new Table();
    for (Attack attack : attacks) {
      GatewayDoor door = field.usher(attack.entrance());
      table.calm(attack.entrance(), door.calm());
      List<Table.Beside> beside = new ArrayList<>();
      Result result = run(attack, door);
      for (Peer peer : Peer.values()) {
        beside.add(isShort ? Table.Beside.NOT_ASKED : beside(field, attack, peer));
      }
      table.row(attack, result, beside);
      if (attack instanceof Memory memory) {
        memory.costs().forEach(table::note);
      }
    }
    return table.end();
  }

  private static Table.Beside beside(Field field, Attack attack, Peer peer) throws IOException {
    if (!attack.peersToo()) {
      return Table.Beside.NOT_ASKED;
    }
    return field
        .peer(peer, attack.entrance())
        .map(door -> Table.Beside.of(run(attack, door)))
        .orElse(Table.Beside.NOT_INSTALLED);
  }

  private static Result run(Attack attack, GatewayDoor door) {
    try {
      return attack.on(door);
    } catch (Exception failed) {
      return new Result(1, 0, "the attack itself failed: " + failed, Noticed.NOT_WATCHED);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
