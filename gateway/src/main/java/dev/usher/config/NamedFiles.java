package dev.usher.config;

import dev.usher.config.schema.Problems;
import dev.usher.config.schema.Setting;
import dev.usher.config.schema.Setting.Group;
import dev.usher.config.schema.Setting.Scalar;
import dev.usher.config.schema.SettingPath;
import dev.usher.config.schema.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents of files that settings name, for settings whose new content a running gateway takes
 * over: the authorities of upstreams' pods, and the logos and templates of rooms.
 */
final class NamedFiles {
  private String text = "";
  private Map<String, String> names = Map.of();

  /** The current contents, by the path of the setting that names the file. */
  Map<String, String> see(String textNow) {
    if (!textNow.equals(text)) {
      // Only then, because this is asked several times a second.
      text = textNow;
      names = names(new YamlReader("", new Problems()).read(textNow));
    }
    Map<String, String> found = new LinkedHashMap<>();
    names.forEach((path, name) -> found.put(path, content(name)));
    return found;
  }

  private static Map<String, String> names(Group root) {
    Map<String, String> names = new LinkedHashMap<>();
    names(root, "upstreams", "tls", "ca", names);
    names(root, "rooms", "page", "logo", names);
    names(root, "rooms", "page", "template", names);
    return names;
  }

  // Rule zero: where in the file the settings are, and where to put what they name.
  private static void names(
      Group root, String all, String group, String key, Map<String, String> names) {
    group(root, all)
        .settings()
        .forEach(
            (name, setting) -> {
              if (setting instanceof Group each
                  && group(each, group).settings().get(key) instanceof Scalar file
                  && file.kind() == Setting.Kind.TEXT) {
                names.put(SettingPath.join(all + "." + name, group + "." + key), file.text());
              }
            });
  }

  private static Group group(Group of, String key) {
    return of.settings().get(key) instanceof Group group ? group : new Group(of.origin(), Map.of());
  }

  /** The content of a file, each byte as a character; empty if it cannot be read. */
  static String content(String name) {
    if (!ListenReader.isReadableFile(name)) {
      return "";
    }
    try {
      Path file = Path.of(name);
      boolean ours = Files.size(file) <= YamlReader.CHARACTERS_MAX;
      return ours ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
