package dev.usher.cli.demo;

import dev.usher.cli.drill.Drill;
import dev.usher.cli.drill.Moment;
import dev.usher.cli.drill.crowd.Count;
import java.util.Locale;
import java.util.Map;

/** A crowd that a person set off, running in the background. */
final class DemoCrowd implements AutoCloseable {
  /** The person is told once everyone has come, or after this many looks. */
  private static final int LOOKS = 50;

  private static final long LOOK_MS = 100;
  private static final long CLOSE_MS = 5_000;

  private final Drill drill;
  private final LiveView view;
  private final Site site;
  private final Thread thread = new Thread(this::run, "crowd");
  private volatile Moment now = new Moment(0, Map.of(), Map.of(), Map.of(), null);

  DemoCrowd(Drill drill, LiveView view, Site site) {
    this.drill = drill;
    this.view = view;
    this.site = site;
  }

  /** Sets the crowd off, waits until it has come, and says so. */
  String start(int visitors) {
    thread.setDaemon(true);
    thread.start();
    try {
      for (int look = 0; look < LOOKS && now.of(Count.TICKETS) < visitors; look++) {
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return words();
  }

  boolean alive() {
    return thread.isAlive();
  }

  String words() {
    return String.format(
        Locale.ROOT,
        "%,d visitors have come, %,d of them wait in the line.",
        now.of(Count.ARRIVED),
        now.of(Count.WAITING));
  }

  @Override
  public void close() {
    drill.stop();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      var unused = drill.run(this::look);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Moment moment) {
    now = moment;
    view.show(moment, site);
  }
}
