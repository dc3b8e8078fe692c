package dev.usher.page;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Short pages for visitors who neither wait nor come in, as one room or none has them. */
public final class NoticePage {
  /** For what is of no room. */
  public static final NoticePage PLAIN = new NoticePage("", "", Look.PLAIN);

  private final String room;
  private final String title;
  private final Look look;
  private final Map<Language, Around> frames = new EnumMap<>(Language.class);
  private final Printed style;
  private final byte[] top;
  private final byte[] end;
  private final String policy;

  /**
   * @param room the room's name; empty for none
   * @param title what the pages call the room
   * @param look what of the pages is the operator's own
   */
  public NoticePage(String room, String title, Look look) {
    this.room = room;
    this.title = room.isEmpty() ? "" : " \u2013 " + Page.escape(title);
    String above = room.isEmpty() ? "" : "<p>" + Page.escape(title) + "</p>\n";
    for (Language language : Language.values()) {
      frames.put(language, Around.of(look.frame(language, false, room, title)));
    }
    this.top = Page.utf8("<main>\n" + look.ownLogo(room) + above);
    this.end = Page.utf8(look.ownList() + "</main>");
    this.look = look;
    this.style = Printed.of("<style>" + look.style() + "</style>");
    this.policy =
        "default-src 'none'; style-src "
            + look.styles()
            + "; "
            + look.pictures()
            + "base-uri 'none'; form-action 'self'; "
            + look.framing();
  }

  /**
   * For what is of a host but of none of its rooms: framed by those whom each of its rooms names.
   *
   * @param rooms the pages of the rooms of the host
   */
  public static NoticePage ofHostWith(Collection<NoticePage> rooms) {
    Set<String> named = new TreeSet<>();
    rooms.forEach(room -> named.addAll(room.look.framedBy()));
    rooms.forEach(room -> named.retainAll(room.look.framedBy()));
    return named.isEmpty() ? PLAIN : new NoticePage("", "", Look.PLAIN.framedBy(named));
  }

  /** The Content-Security-Policy of these pages. */
  public String policy() {
    return policy;
  }

  /** Whether pages of other hosts may show these in a frame. */
  public boolean isFramedElsewhere() {
    return look.isFramedElsewhere();
  }

  /**
   * What one visitor is told.
   *
   * @param notice what it is about
   * @param form whether the visitor sent something, which is lost
   * @param againSeconds after how long the page tries again by itself; 0 for never
   * @param ended why an earlier visit ended, if that is to be told
   * @param remark something for whoever runs the site, in English; null for nothing
   * @param href where its link leads: a path, or nothing for the page that was asked for
   * @param copy what the visitor takes along to another browser; null for nothing
   * @param post where its button leads, if it has one and not just a link
   */
  public record Telling(
      Notice notice,
      boolean form,
      int againSeconds,
      @Nullable Ended ended,
      @Nullable String remark,
      String href,
      @Nullable String copy,
      @Nullable String post) {
    /** What is told without anything to take along. */
    public Telling(
        Notice notice,
        boolean form,
        int againSeconds,
        @Nullable Ended ended,
        @Nullable String remark,
        String href) {
      this(notice, form, againSeconds, ended, remark, href, null, null);
    }

    /** What is told on the way to another browser, perhaps with something to take along. */
    public static Telling copying(Notice notice, String href, @Nullable String copy) {
      return new Telling(notice, false, 0, null, null, href, copy, null);
    }

    /** What is told on the way to another browser where the visitor does something. */
    public static Telling pressing(Notice notice, String href, String post) {
      return new Telling(notice, false, 0, null, null, href, null, post);
    }

    /** What is told to whoever asked for a page, or sent a form. */
    public static Telling of(Notice notice, boolean form) {
      return new Telling(notice, form, 0, null, null, "");
    }

    /** The same with a page that tries again by itself. */
    public Telling again(int seconds) {
      return new Telling(notice, form, seconds, ended, remark, href, copy, post);
    }

    /** The same with a remark. */
    public Telling remarking(@Nullable String more) {
      return new Telling(notice, form, againSeconds, ended, more, href, copy, post);
    }
  }

  /** The page; one that tries again by itself says so, and how to stop that. */
  public byte[] write(Telling telling, Choice choice) {
    return copy(telling, choice).plain();
  }

  /** The same as a member of gzip, for whoever accepts that. */
  public byte[] gzip(Telling telling, Choice choice) {
    return copy(telling, choice).gzip();
  }

  private Copy copy(Telling telling, Choice choice) {
    Texts texts = look.texts(choice.language());
    String heading = Page.escape(telling.notice().title(texts));
    Around frame = frame(choice.language());
    return begin(frame, heading)
        .put(Page.utf8("<h1>" + heading + "</h1>\n"))
        .put(Page.utf8(paragraph("", sentence(texts, telling, choice))))
        .put(Page.utf8(remark(telling)))
        .put(Page.utf8(copy(telling, heading)))
        .put(Page.utf8(go(telling, texts)))
        .put(Page.utf8(reloading(texts, telling, choice)))
        .put(end)
        .put(frame.end());
  }

  /** What stands around the page in one language. */
  private record Around(Printed start, Printed middle, Printed end) {
    static Around of(Template.Frame frame) {
      return new Around(
          Printed.of(frame.start()), Printed.of(frame.middle()), Printed.of(frame.end()));
    }
  }

  private Around frame(Language language) {
    return Objects.requireNonNull(frames.get(language));
  }

  private Copy begin(Around frame, String heading) {
    return new Copy()
        .put(frame.start())
        .put(Page.utf8(Page.head(heading + title)))
        .put(style)
        .put(frame.middle())
        .put(top);
  }

  /**
   * The page in every language at once, for whoever nothing is known of. It does not try again by
   * itself: whether the visitor wants that is not known either.
   */
  public byte[] writeInAll(Notice notice) {
    Texts english = look.texts(Language.ENGLISH);
    String heading = Page.escape(notice.title(english));
    Around frame = frame(Language.ENGLISH);
    Copy out = begin(frame, heading);
    out.put(Page.utf8("<h1>" + heading + "</h1>\n"));
    for (Language language : Language.values()) {
      Texts texts = look.texts(language);
      String rtl = language.rightToLeft() ? " dir=\"rtl\"" : "";
      out.put(Page.utf8("<div lang=\"" + language.tag() + "\"" + rtl + ">\n"));
      out.put(Page.utf8(paragraph("", notice.sentence(texts, false))));
      out.put(Page.utf8(link("", "", notice.link(texts)))).put(Page.utf8("</div>\n"));
    }
    return out.put(end).put(frame.end()).plain();
  }

  private static String sentence(Texts texts, Telling telling, Choice choice) {
    Ended ended = telling.ended();
    String said = telling.notice().sentence(texts, telling.form());
    if (ended != null) {
      said = ended.sentence(texts) + " " + said;
    } else if (telling.notice() == Notice.UNSENT) {
      said = texts.text("notice.unsent.line") + " " + said;
    }
    boolean itself = telling.againSeconds() > 0 && !choice.still();
    return itself ? said + " " + texts.text("notice.itself") : said;
  }

  private static String remark(Telling telling) {
    String remark = telling.remark();
    return remark == null ? "" : paragraph(" lang=\"en\" dir=\"ltr\"", remark);
  }

  private static String paragraph(String attributes, String text) {
    return "<p" + attributes + ">" + Page.escape(text) + "</p>\n";
  }

  private String reloading(Texts texts, Telling telling, Choice choice) {
    if (telling.againSeconds() == 0) {
      return "";
    }
    String of = room.isEmpty() ? "" : "room=" + room + "&";
    String href = "/_usher/page?" + of + "reload=" + (choice.still() ? "on" : "off");
    return link("", href, texts.text(choice.still() ? "start" : "stop"));
  }

  /** A field, not a link: it is for another browser, and whoever opens it here moves nowhere. */
  private static String copy(Telling telling, String label) {
    String copy = telling.copy();
    return copy == null
        ? ""
        : "<p><input class=\"copy\" readonly aria-label=\"%s\" dir=\"ltr\" value=\"%s\"></p>\n"
            .formatted(label, Page.escape(copy));
  }

  private static String go(Telling telling, Texts texts) {
    String label = telling.notice().link(texts);
    String post = Objects.requireNonNullElse(telling.post(), "");
    if (telling.notice() == Notice.HELD) {
      return link("class=\"go\" ", telling.href(), label)
          + button("", post, texts.text("notice.held.instead"));
    }
    // By a button, as messengers look at what a link leads to.
    return telling.notice() == Notice.MOVE || !post.isEmpty()
        ? button(" class=\"go\"", post, label)
        : link("class=\"go\" ", telling.href(), label);
  }

  private static String button(String attributes, String post, String label) {
    return "<form method=\"post\" action=\"%s\">\n<p><button%s>%s</button></p></form>\n"
        .formatted(Page.escape(post), attributes, Page.escape(label));
  }

  private static String link(String attributes, String href, String label) {
    return "<p><a %shref=\"%s\">%s</a></p>\n"
        .formatted(attributes, Page.escape(href), Page.escape(label));
  }
}
