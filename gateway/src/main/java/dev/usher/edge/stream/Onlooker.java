package dev.usher.edge.stream;

import dev.usher.page.PlaceEvent;
import dev.usher.page.Standing;
import org.jspecify.annotations.Nullable;

/** A waiting visitor as their stream sees them. */
public interface Onlooker {
  /** A number that all streams of the visitor's ticket have, and hardly any of another's. */
  int ticket();

  /**
   * How the visitor stands now, as a question would be answered, which also shows that they are
   * there. On the path of every tick: no store, no lock.
   *
   * @return null if only a request of their own can tell, as for a visitor who gets another number
   */
  @Nullable Standing look(long now);

  /** What the visitor is told of it. */
  byte[] tell(PlaceEvent what, Standing standing);
}
