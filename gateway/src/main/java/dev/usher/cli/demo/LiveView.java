package dev.usher.cli.demo;

import dev.usher.cli.drill.Moment;
import dev.usher.cli.drill.OpsSample;
import dev.usher.cli.drill.crowd.Count;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The display of the demo's state: one screen redrawn on a terminal, otherwise a line every two
 * seconds.
 */
final class LiveView {
  private static final double EVERY_SECONDS = 2;

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;
  private double next;

  LiveView(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints something that stays on the screen. */
  void say(String words) {
    drawn = 0;
    next = 0;
    out.println(words);
    out.flush();
  }

  /** Shows the state. */
  void show(Moment now, Site site) {
    if (terminal) {
      redraw(screen(now, site));
    } else if (now.seconds() >= next) {
      next = now.seconds() + EVERY_SECONDS;
      out.println(screen(now, site).replaceAll("\\s*\n\\s*", "  "));
      out.flush();
    }
  }

  private void redraw(String screen) {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A");
    }
    screen.lines().forEach(line -> out.print("\u001b[2K" + line + "\n"));
    drawn = (int) screen.lines().count();
    out.flush();
  }

  static String screen(Moment now, Site site) {
    String pods =
        site.pods().stream()
            .map(p -> p.name() + " " + p.inFlightMax())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        """
        %6.1f s  pods ready %d of %d, died %d%s
          arrived %,d  answered %,d  waiting %,d  admitted %,d  inside %,d
          errors: connection %,d, all %,d  in flight at most: %s
        """,
        now.seconds(),
        site.ready(),
        site.pods().size(),
        site.deaths(),
        sessions(now.ops()),
        now.of(Count.ARRIVED),
        now.of(Count.ANSWERED),
        now.of(Count.WAITING),
        now.of(Count.ADMITTED),
        now.of(Count.INSIDE),
        now.connectionErrors(),
        now.errors(),
        pods);
  }

  private static String sessions(@Nullable OpsSample ops) {
    return ops == null
        ? ""
        : String.format(Locale.ROOT, ", sessions %,d of %,d", ops.sessions(), ops.capacity());
  }
}
