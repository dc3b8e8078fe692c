package dev.usher.config.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a configuration, and everything that is merely worth a warning. */
public final class Problems {
  private record Problem(int line, String sentence) {}

  private final boolean elsewhere;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** The problems of a gateway that runs on this machine. */
  public Problems() {
    this(false);
  }

  /**
   * @param elsewhere whether the gateway runs on another machine, so that what is missing on this
   *     one is no problem
   */
  public Problems(boolean elsewhere) {
    this.elsewhere = elsewhere;
  }

  public void add(String path, Origin origin, String complaint) {
    errors.add(new Problem(origin.line(), origin.say(path, complaint)));
  }

  /** Notes what a gateway on this machine would be missing. */
  void addMissing(String path, Origin origin, String complaint) {
    if (!elsewhere) {
      add(path, origin, complaint);
    }
  }

  void warn(String path, Origin origin, String complaint) {
    warnings.add(new Problem(origin.line(), origin.say(path, complaint)));
  }

  /** The errors in the order of the file, in which they will be fixed. */
  public List<String> errors() {
    return sentences(errors);
  }

  public List<String> warnings() {
    return sentences(warnings);
  }

  private static List<String> sentences(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(Problem::sentence)
        .toList();
  }
}
