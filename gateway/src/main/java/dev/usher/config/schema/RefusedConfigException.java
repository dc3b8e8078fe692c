package dev.usher.config.schema;

import java.util.List;

/** A configuration with which no gateway starts. Carries every reason at once. */
public final class RefusedConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public RefusedConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** What must be how, but was what: one sentence each, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
