package dev.usher.config.schema;

/** Where a setting was written, so that an error can point at it. */
public sealed interface Origin {
  /** One sentence about the setting at this path, pointing at where it was written. */
  String say(String path, String complaint);

  /** Line in the file, or 0 outside it. */
  default int line() {
    return 0;
  }

  /** A line of the configuration file, from 1. */
  record Line(String file, @Override int line) implements Origin {
    @Override
    public String say(String path, String complaint) {
      return (path.isEmpty() ? "The file" : path)
          + " "
          + complaint
          + " ("
          + file
          + ":"
          + line
          + ")";
    }
  }

  /** A flag of the command line or a variable of the environment, known to people by its name. */
  record Named(String name) implements Origin {
    @Override
    public String say(String path, String complaint) {
      return name + " " + complaint;
    }
  }

  /** Nowhere: nobody wrote it, and there is no file that it is missing from. */
  record Unwritten() implements Origin {
    @Override
    public String say(String path, String complaint) {
      return path + " " + complaint;
    }
  }
}
