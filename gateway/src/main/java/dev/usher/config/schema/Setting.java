package dev.usher.config.schema;

import java.util.List;
import java.util.Map;

/** One value as it was written, before it is checked. */
public sealed interface Setting {
  Origin origin();

  /** Settings by name, in the order in which they were written. */
  record Group(@Override Origin origin, Map<String, Setting> settings) implements Setting {}

  /** A list. */
  record Items(@Override Origin origin, List<Setting> items) implements Setting {}

  /** A single value. */
  record Scalar(@Override Origin origin, Kind kind, String text) implements Setting {}

  /** The kind of a single value by the rules of YAML 1.2. */
  enum Kind {
    TEXT,
    WHOLE,
    FRACTION,
    BOOLEAN,
    EMPTY
  }
}
