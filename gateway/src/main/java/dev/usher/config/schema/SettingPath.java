package dev.usher.config.schema;

/** How a setting is called from the top of the file: {@code rooms.concert.session.timeout}. */
public final class SettingPath {
  private SettingPath() {}

  public static String join(String group, String name) {
    return group.isEmpty() ? name : group + "." + name;
  }
}
