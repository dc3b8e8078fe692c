package dev.usher.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator gives a room's page of their own.
 *
 * @param logo the picture above the heading; null for none
 * @param light colours, for those who do not prefer dark pages
 * @param dark colours, for those who do
 * @param links where people may look while they wait
 * @param words texts in the operator's words, by language and key
 */
public record Look(
    @Nullable Logo logo,
    Palette light,
    Palette dark,
    List<Link> links,
    Map<Language, Map<String, String>> words) {
  /** The page as it comes. */
  public static final Look PLAIN =
      new Look(
          null, new Palette(false, Map.of()), new Palette(true, Map.of()), List.of(), Map.of());

  private static final String LOGO_STYLE =
      "#logo { display: block; max-width: 100%; max-height: 4rem; margin: 0 0 1.25rem; }\n";
  private static final String LINKS_STYLE = "#links { margin-top: 1.25rem; }\n";

  public Look {
    links = List.copyOf(links);
    words = Map.copyOf(words);
  }

  /**
   * A link at the end of the page, which opens beside it.
   *
   * @param label its text
   * @param url an address that begins with https:// or a slash
   */
  public record Link(String label, String url) {}

  /** The style of the page, with more only where there is more to show. */
  String style() {
    return Page.STYLE
        + (logo == null ? "" : LOGO_STYLE)
        + (links.isEmpty() ? "" : LINKS_STYLE)
        + light.css()
        + dark.css();
  }

  Texts texts(Language language) {
    return Texts.of(language).with(words.getOrDefault(language, Map.of()));
  }
}
