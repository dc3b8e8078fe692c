package dev.usher.page;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The colours of the page in one theme.
 *
 * @param dark whether it is for those who prefer dark pages
 * @param chosen colours such as {@code #2f4fc8} that an operator chose; what is left out is ours
 */
public record Palette(boolean dark, Map<Tint, String> chosen) {
  /** What text needs by WCAG 2.2, 1.4.3. */
  private static final double LEGIBLE = 4.5;

  private static final Pattern COLOR = Pattern.compile("--([a-z]+): (#[0-9a-f]{3,6})");
  private static final Map<Tint, String> OUR_LIGHT = ours(false);
  private static final Map<Tint, String> OUR_DARK = ours(true);

  public Palette {
    chosen = Map.copyOf(chosen);
  }

  /**
   * A text that is hard to read.
   *
   * @param text the colour of the text
   * @param on the colour behind it
   * @param ratio their contrast, 1 to 21
   */
  public record Faint(Tint text, Tint on, double ratio) {}

  /** Pairs whose contrast is below 4.5; what the card bears, the button bears the other way. */
  public List<Faint> faint() {
    List<Faint> faint = new ArrayList<>();
    for (Tint text : List.of(Tint.TEXT, Tint.MUTED, Tint.ACCENT)) {
      double ratio = contrast(color(text), color(Tint.CARD));
      if (ratio < LEGIBLE) {
        faint.add(new Faint(text, Tint.CARD, ratio));
      }
    }
    return faint;
  }

  /** The colour in force. */
  public String color(Tint tint) {
    String own = chosen.get(tint);
    return own == null ? Objects.requireNonNull((dark ? OUR_DARK : OUR_LIGHT).get(tint)) : own;
  }

  /** What to add to the style; nothing if no colour was chosen. */
  String css() {
    if (chosen.isEmpty()) {
      return "";
    }
    String root =
        chosen.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> "--" + each.getKey().variable + ": " + each.getValue())
            .collect(Collectors.joining("; ", ":root { ", " }\n"));
    // Each in its theme alone: what comes later in a style goes before what is more special.
    return "@media "
        + (dark ? "" : "not all and ")
        + "(prefers-color-scheme: dark) { "
        + root
        + "}\n";
  }

  /** The style says each colour twice: for light pages, then for dark ones. */
  private static Map<Tint, String> ours(boolean dark) {
    Map<Tint, String> found = new EnumMap<>(Tint.class);
    for (MatchResult match : COLOR.matcher(Page.STYLE).results().toList()) {
      for (Tint tint : Tint.values()) {
        if (tint.variable.equals(match.group(1)) && (dark || !found.containsKey(tint))) {
          found.put(tint, match.group(2));
        }
      }
    }
    return found;
  }

  /** The contrast of two colours, 1 to 21: WCAG 2.2, "contrast ratio" and "relative luminance". */
  static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String color) {
    boolean brief = color.length() == 4;
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      String digits =
          brief ? color.substring(i + 1, i + 2).repeat(2) : color.substring(2 * i + 1, 2 * i + 3);
      double part = Integer.parseInt(digits, 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
