package dev.usher.config;

import dev.usher.config.schema.NearestKey;
import dev.usher.config.schema.ScalarCheck;
import dev.usher.config.schema.Settings;
import dev.usher.page.Language;
import dev.usher.page.Logo;
import dev.usher.page.Look;
import dev.usher.page.Palette;
import dev.usher.page.Template;
import dev.usher.page.Texts;
import dev.usher.page.Tint;
import dev.usher.words.EnumWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how the page of one room looks, and whether it can be read. */
final class PageReader {
  private PageReader() {}

  static Look read(Settings page) {
    return new Look(
        logo(page),
        palette(page, false),
        palette(page, true),
        links(page),
        words(page),
        page.texts("framedBy"),
        template(page));
  }

  private static @Nullable Logo logo(Settings page) {
    String file = page.textOrNull("logo");
    if (file == null) {
      return null;
    }
    byte[] content = content(file, Logo.BYTES_MAX);
    Logo logo = content == null ? null : Logo.of(content);
    if (logo == null) {
      String wanted = "must be a picture (SVG, PNG, JPEG or WebP) of at most 64 KiB";
      page.refuseMissing("logo", wanted + unread(file));
    }
    return logo;
  }

  private static Template template(Settings page) {
    String file = page.textOrNull("template");
    if (file == null) {
      return Template.OURS;
    }
    byte[] content = content(file, Template.BYTES_MAX);
    if (content == null) {
      page.refuseMissing(
          "template", "must be a Mustache template of at most 16 KiB" + unread(file));
      return Template.OURS;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    List<Template.Fault> faults = Template.faults(text);
    for (Template.Fault fault : faults) {
      String where = (fault.line() == 0 ? "" : "line " + fault.line() + " of ") + quoted(file);
      page.refuse(
          "template",
          "must " + fault.must() + " but " + where + " has " + ScalarCheck.clip(fault.has()));
    }
    return faults.isEmpty() ? Template.of(text) : Template.OURS;
  }

  /** What is in a file; null if this process cannot read it or it is larger than that. */
  private static byte @Nullable [] content(String file, int most) {
    try {
      return ListenReader.isReadableFile(file) && Files.size(Path.of(file)) <= most
          ? Files.readAllBytes(Path.of(file))
          : null;
    } catch (IOException e) {
      return null; // gone between the check and the reading
    }
  }

  private static String unread(String file) {
    return " that this process can read but was " + quoted(file);
  }

  private static String quoted(String file) {
    return "\"" + ScalarCheck.clip(file) + "\"";
  }

  private static Palette palette(Settings page, boolean dark) {
    Settings colors = page.group(dark ? "dark" : "light");
    Map<Tint, String> chosen = new EnumMap<>(Tint.class);
    for (Tint tint : Tint.values()) {
      String color = colors.textOrNull(EnumWords.lower(tint));
      if (color != null) {
        chosen.put(tint, color);
      }
    }
    Palette palette = new Palette(dark, chosen);
    for (Palette.Faint faint : palette.faint()) {
      // Points at what was written: one of the two is ours perhaps.
      Tint wrong = chosen.containsKey(faint.text()) ? faint.text() : faint.on();
      Tint other = wrong == faint.text() ? faint.on() : faint.text();
      colors.refuse(
          EnumWords.lower(wrong),
          String.format(
              Locale.ROOT,
              "must have a contrast of at least 4.5 with %s (%s) but was %s, which has %.2f",
              EnumWords.lower(other),
              palette.color(other),
              palette.color(wrong),
              faint.ratio()));
    }
    return palette;
  }

  private static List<Look.Link> links(Settings page) {
    return page.groups("links").stream()
        .filter(link -> link.textOrNull("label") != null && link.textOrNull("url") != null)
        .map(link -> new Look.Link(link.text("label"), link.text("url")))
        .toList();
  }

  private static Map<Language, Map<String, String>> words(Settings page) {
    Map<Language, Map<String, String>> words = new EnumMap<>(Language.class);
    for (Settings each : page.groups("texts")) {
      String tag = each.textOrNull("language");
      String key = each.textOrNull("text");
      String says = each.textOrNull("says");
      Language language = tag == null ? null : Language.of(tag);
      if (language == null || key == null || says == null) {
        continue; // Missing or wrong, which has been noted.
      }
      String wrong = wrong(language, key, says);
      if (wrong == null) {
        words.computeIfAbsent(language, l -> new LinkedHashMap<>()).put(key, says);
      } else {
        boolean name = wrong.startsWith("name");
        String was = "\"" + ScalarCheck.clip(name ? key : says) + "\"";
        each.refuse(name ? "text" : "says", "must " + wrong + " but was " + was);
      }
    }
    return words;
  }

  private static @Nullable String wrong(Language language, String key, String says) {
    Set<String> names = Texts.names(language);
    if (names.contains(key)) {
      return Texts.refusal(language, key, says);
    }
    String nearest = NearestKey.to(key, names);
    return "name a text of the page in this language"
        + (nearest == null
            ? " (docs/waiting-page.md says where they are)"
            : ", perhaps " + nearest);
  }
}
