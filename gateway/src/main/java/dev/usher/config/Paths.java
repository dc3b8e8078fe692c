package dev.usher.config;

/** How a setting is called from the top of the file: {@code rooms.concert.session.timeout}. */
final class Paths {
  private Paths() {}

  static String join(String group, String name) {
    return group.isEmpty() ? name : group + "." + name;
  }
}
