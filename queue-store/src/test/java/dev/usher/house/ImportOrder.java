package dev.usher.house;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The order of imports: what each package below the root may use besides itself. */
final class ImportOrder {
  /** The root itself, where everything is put together, may use all but the commands. */
  private static final String TABLE =
      """
      store -> store.upstream
      store.upstream ->
      store.memory -> store store.upstream
      store.redis -> store store.redis.link store.upstream
      store.redis.link -> store
      admission ->
      admission.capacity -> admission
      token -> store store.upstream
      # What people come for, and when: values alone.
      sale ->
      # When people who wait come in: plain numbers.
      forecast ->
      room -> control forecast room.line sale store token
      room.line -> store store.upstream token
      pods -> admission admission.capacity store.upstream
      pods.roster -> admission pods store.upstream
      pods.slots -> admission pods pods.roster
      pods.warm -> admission pods pods.roster
      pods.probe -> pods pods.roster pods.warm words
      pods.kubernetes -> pods pods.roster
      # The tick: it joins what is seen of pods and rooms to what may come in.
      doorkeeper -> admission admission.capacity control pods room store store.upstream words
      provision -> admission admission.capacity control doorkeeper pods.roster room sale store \
          store.upstream words
      provision.waits -> admission admission.capacity control doorkeeper forecast provision room \
          store store.upstream
      provision.kubernetes -> pods.kubernetes provision
      provision.floor -> pods.kubernetes provision provision.kubernetes store store.upstream
      words ->
      plan -> provision sale words
      # What clients would rather have, in one reading of such headers.
      accept ->
      page -> accept forecast sale words
      http -> accept page words
      server -> accept http page
      proxy -> accept http page pods proxy.connection proxy.turn room server token words
      proxy.connection -> http pods server
      proxy.turn -> pods proxy.connection room server
      # What operators do, and who did it; on the operators' port and by the shop's own word.
      control -> store store.upstream
      edge -> accept control edge.cookie edge.route edge.share edge.stream http page pods proxy \
          proxy.connection proxy.turn room room.line server store store.upstream token
      edge.cookie -> edge.route http
      edge.route -> http
      edge.share -> edge.route http room store token
      edge.stream -> http page server
      ops.control -> control http room store store.upstream token
      # It fulfils the proxy's port ProxyObserver.
      ops -> admission control doorkeeper edge.stream forecast http ops.control plan pods \
          pods.roster pods.warm provision provision.floor proxy proxy.connection room server \
          store token words
      # It makes the options of every part from the file.
      config -> admission admission.capacity config.schema doorkeeper edge.route http ops \
          ops.control page pods pods.kubernetes provision proxy.connection room sale server store \
          store.redis.link token words
      config.schema ->
      # What a person types; it may run the whole gateway, which knows nothing of it.
      cli -> (root) cli.demo cli.drill cli.explain cli.page cli.room cli.wait config \
          config.schema plan pods \
          pods.kubernetes pods.probe pods.roster provision provision.floor provision.kubernetes \
          sale store.redis store.redis.link token
      # It asks a gateway over HTTP as anybody could; only the reasons' names are shared.
      cli.explain -> admission words
      cli.room ->
      cli.page -> config config.schema edge.route forecast page room sale words
      cli.wait ->
      chart ->
      cli.drill -> chart cli.drill.crowd cli.drill.http forecast words
      cli.drill.crowd -> cli.drill.http forecast words
      cli.drill.http -> words
      cli.demo -> cli.drill cli.drill.crowd cli.drill.http
      # Attacks on a running gateway, in the module perf; they know nothing of its classes.
      attack -> attack.field
      attack.field ->
      # The crowd of perf/streams.
      streams ->
      # The crowd of perf/story, and the page of its runs.
      story -> chart
      # The simulator, in the module perf; it runs the parts that decide.
      sim.time ->
      sim.plant -> sim.time
      sim.gate -> forecast sim.plant sim.time token
      sim.rival -> sim.gate sim.plant sim.time
      sim.usher -> admission admission.capacity doorkeeper pods pods.roster pods.slots pods.warm \
          provision provision.waits room sale sim.gate sim.plant sim.time store store.memory \
          store.upstream token
      sim.crowd -> forecast sim.gate sim.plant sim.time
      sim.scenario -> forecast sim.crowd sim.gate sim.plant sim.rival sim.time sim.usher
      sim.report -> chart sim.crowd sim.gate sim.scenario
      sim.faults -> room sim.gate sim.plant sim.time sim.usher store token words
      sim -> sim.crowd sim.faults sim.report sim.scenario
      """;

  /** Where input and output are. */
  static final Set<String> MAY_USE_VERTX =
      words(
          """
          cli cli.demo cli.drill cli.drill.crowd cli.drill.http cli.explain cli.page cli.room
          cli.wait
          control edge edge.stream http ops ops.control plan pods.kubernetes pods.probe
          provision.floor provision.kubernetes proxy proxy.connection proxy.turn server
          store.redis store.redis.link streams
          """);

  /** Where time and chance are arguments, so that a test can let hours pass. */
  static final Set<String> WITHOUT_CLOCK =
      words(
          """
          admission admission.capacity doorkeeper forecast pods pods.roster pods.slots pods.warm
          provision provision.floor provision.waits room room.line sale sim.crowd sim.faults
          sim.gate
          sim.plant sim.rival sim.scenario sim.time sim.usher store store.memory
          store.redis store.redis.link store.upstream token
          """);

  private ImportOrder() {}

  static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> order = new TreeMap<>();
    TABLE
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              String[] sides = line.split(" ->", -1);
              order.put(sides[0], words(sides[1]));
            });
    return order;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.equals("(root)") ? "" : word)
        .collect(Collectors.toUnmodifiableSet());
  }
}
