package dev.usher.attack.field;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** Everything that is attacked: a pod, gateways in front of it, and peers if they are installed. */
public final class Field implements AutoCloseable {
  private final Path work;
  private final Path jar;
  private final AttackPod pod;
  private final List<Child> children = new ArrayList<>();
  private final Map<AttackedGateways, GatewayDoor> ushers = new EnumMap<>(AttackedGateways.class);
  private final Map<String, GatewayDoor> peers = new TreeMap<>();

  public Field(Path work, Path jar) throws Exception {
    this.work = work;
    this.jar = jar;
    this.pod = new AttackPod();
    Certificate.make(work);
    Process key =
        new ProcessBuilder(java(), "-jar", jar.toString(), "key")
            .redirectOutput(work.resolve("keys.txt").toFile())
            .start();
    key.waitFor();
  }

  Path work() {
    return work;
  }

  AttackPod pod() {
    return pod;
  }

  /** The gateway with this entrance; it is started when first asked for. */
  public GatewayDoor usher(AttackedGateways entrance) throws IOException {
    GatewayDoor known = ushers.get(entrance);
    if (known != null) {
      return known;
    }
    int port = freePort();
    int opsPort = freePort();
    Path file = work.resolve(entrance.name().toLowerCase(Locale.ROOT) + ".yaml");
    Files.writeString(file, new Configuration(work, pod.port()).of(entrance, port, opsPort));
    List<String> command = new ArrayList<>(List.of(java(), "-Xms64m"));
    command.addAll(
        entrance.isSmall()
            ? List.of("-Xmx256m", "-XX:MaxDirectMemorySize=256m")
            : List.of("-Xmx512m"));
    command.addAll(List.of("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-jar", jar.toString(), "run", "--config", file.toString()));
    Child child = new Child(work.resolve(entrance + ".log"), command);
    children.add(child);
    boolean tls = entrance.tls();
    GatewayDoor door =
        new GatewayDoor("Usher", port, tls, opsPort, child, pod, Noticed.NOT_WATCHED);
    if (!child.listens(port, 90_000)) {
      throw new IllegalStateException("Usher must start but does not:\n" + child.log());
    }
    waitForPods(door);
    GatewayDoor calm = door.withCalm();
    ushers.put(entrance, calm);
    return calm;
  }

  private static void waitForPods(GatewayDoor door) {
    for (int i = 0; i < 300; i++) {
      String told = door.upstreams();
      if (told.contains("\"capacity\":")
          && !told.contains("\"podsReady\":0")
          && !told.contains("\"capacity\":0,")) {
        return;
      }
      Pause.of(100);
    }
    throw new IllegalStateException(
        "Usher must find its pods but does not: " + door.process().log());
  }

  /** A peer's door of the same kind; one that is not installed has none. */
  public Optional<GatewayDoor> peer(Peer peer, AttackedGateways entrance) throws IOException {
    boolean tls = entrance.tls();
    String name = peer + (tls ? " tls" : "");
    GatewayDoor known = peers.get(name);
    if (known == null) {
      int port = freePort();
      List<String> command = peer.command(work, port, pod.port(), tls);
      if (command.isEmpty()) {
        return Optional.empty();
      }
      Child child = new Child(work.resolve(name.replace(' ', '-') + ".log"), command);
      children.add(child);
      if (!child.listens(port, 10_000)) {
        throw new IllegalStateException(name + " must start but does not:\n" + child.log());
      }
      known =
          new GatewayDoor(peer.toString(), port, tls, 0, child, pod, Noticed.NOT_WATCHED)
              .withCalm();
      peers.put(name, known);
    }
    return Optional.of(known);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() {
    // Not one of those that the kernel gives to whoever asks for any.
    for (int i = 0; i < 1000; i++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
    throw new IllegalStateException("No port is free between 10,000 and 30,000");
  }

  @Override
  public void close() throws IOException {
    children.forEach(Child::close);
    pod.close();
  }
}
