package dev.usher.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator gives a room's page of their own.
 *
 * @param logo the picture above the heading; null for none
 * @param light colours, for those who do not prefer dark pages
 * @param dark colours, for those who do
 * @param links where people may look while they wait
 * @param words texts in the operator's words, by language and key
 * @param framedBy origins of other hosts' pages that may show it in a frame
 */
public record Look(
    @Nullable Logo logo,
    Palette light,
    Palette dark,
    List<Link> links,
    Map<Language, Map<String, String>> words,
    List<String> framedBy) {
  /** The page as it comes. */
  public static final Look PLAIN =
      new Look(
          null,
          new Palette(false, Map.of()),
          new Palette(true, Map.of()),
          List.of(),
          Map.of(),
          List.of());

  private static final String LOGO_STYLE =
      "#logo { display: block; max-width: 100%; max-height: 4rem; margin: 0 0 1.25rem; }\n";
  private static final String LINKS_STYLE = "#links { margin-top: 1.25rem; }\n";

  public Look {
    links = List.copyOf(links);
    words = Map.copyOf(words);
    framedBy = List.copyOf(framedBy);
  }

  /** The look of a page that only pages of its own host may frame. */
  // Rule zero: the record without its least common setting.
  public Look(
      @Nullable Logo logo,
      Palette light,
      Palette dark,
      List<Link> links,
      Map<Language, Map<String, String>> words) {
    this(logo, light, dark, links, words, List.of());
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

  /** The picture above the heading; empty if there is none. */
  String logo(String room) {
    // The heading says the same, so it has no words.
    return logo == null
        ? ""
        : "<img id=\"logo\" alt=\"\" src=\"%s?room=%s&amp;v=%s\">\n"
            .formatted(WaitingPage.LOGO, room, logo.name());
  }

  /** The links as a list; empty if there are none. */
  String list() {
    return links.isEmpty()
        ? ""
        : links.stream()
            .map(
                link ->
                    "<li><a href=\"%s\" target=\"_blank\" rel=\"noopener\">%s</a></li>"
                        .formatted(Page.escape(link.url()), Page.escape(link.label())))
            .collect(Collectors.joining("", "<ul id=\"links\">", "</ul>\n"));
  }

  /** What a policy says of pictures. */
  String pictures() {
    return logo == null ? "" : "img-src 'self'; ";
  }

  /** What a policy says of pages that show this one in a frame. */
  String framing() {
    return "frame-ancestors 'self'"
        + framedBy.stream().map(origin -> " " + origin).collect(Collectors.joining());
  }

  /** Whether pages of other hosts may show it in a frame. */
  boolean isFramedElsewhere() {
    return !framedBy.isEmpty();
  }
}
