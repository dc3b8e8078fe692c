package dev.usher.page;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param template what stands around
 */
public record Look(
    @Nullable Logo logo,
    Palette light,
    Palette dark,
    List<Link> links,
    Map<Language, Map<String, String>> words,
    List<String> framedBy,
    Template template) {
  /** The page as it comes. */
  public static final Look PLAIN =
      new Look(
          null,
          new Palette(false, Map.of()),
          new Palette(true, Map.of()),
          List.of(),
          Map.of(),
          List.of(),
          Template.OURS);

  private static final String LOGO_STYLE =
      "#logo { display: block; max-width: 100%; max-height: 4rem; margin: 0 0 1.25rem; }\n";
  private static final String LINKS_STYLE = "#links { margin-top: 1.25rem; }\n";

  public Look {
    links = List.copyOf(links);
    words = Map.copyOf(words);
    framedBy = List.copyOf(framedBy);
  }

  /** The look of a page like ours that only pages of its own host may frame. */
  // Rule zero: the record without its least common setting.
  public Look(
      @Nullable Logo logo,
      Palette light,
      Palette dark,
      List<Link> links,
      Map<Language, Map<String, String>> words) {
    this(logo, light, dark, links, words, List.of(), Template.OURS);
  }

  /** The same within pages of these. */
  Look framedBy(Collection<String> origins) {
    return new Look(logo, light, dark, links, words, List.copyOf(origins), template);
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

  /** The digests of all styles, as a policy names them. */
  String styles() {
    return Stream.concat(Stream.of(style()), template.styles().stream())
        .map(style -> "'" + Page.digest(style) + "'")
        .collect(Collectors.joining(" "));
  }

  /** The page around what Usher says, for visitors who wait or who are refused. */
  Template.Frame frame(Language language, boolean waiting, String room, String title) {
    Map<String, String> ours =
        Map.of("title", Page.escape(title), "logo", logo(room), "links", list());
    return template.frame(language, waiting, ours);
  }

  /** The picture where a template says nothing of it. */
  String ownLogo(String room) {
    return template.places("logo") ? "" : logo(room);
  }

  /** The links where a template says nothing of them. */
  String ownList() {
    return template.places("links") ? "" : list();
  }

  Texts texts(Language language) {
    return Texts.of(language).with(words.getOrDefault(language, Map.of()));
  }

  /** The picture; empty if there is none. */
  private String logo(String room) {
    // The heading says the same, so it has no words.
    return logo == null
        ? ""
        : "<img id=\"logo\" alt=\"\" src=\"%s?room=%s&amp;v=%s\">\n"
            .formatted(WaitingPage.LOGO, room, logo.name());
  }

  /** The links as a list; empty if there are none. */
  private String list() {
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
