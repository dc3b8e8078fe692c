package dev.usher.config.schema;

/** The name of a setting from the top of the file: {@code rooms.concert.session.timeout}. */
public final class SettingPath {
  private SettingPath() {}

  public static String join(String group, String name) {
    return group.isEmpty() ? name : group + "." + name;
  }
}
