package dev.usher.page;

import dev.usher.sale.Countdown;
import dev.usher.sale.Opening;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of one room in one language, prepared but for what differs between visitors. */
final class Sheet {
  /** What the script says by itself; it knows the names. */
  private static final List<String> SPOKEN =
      List.of(
          "next", "front", "unknown", "fault", "paused", "closed", "updated", "lost", "busy",
          "cookies", "turn", "opens", "soldout", "limited", "said", "moved");

  private static final String LINKS = "{links}";

  /** Where what is only for a visitor with a number stands. */
  private static final String MOVE = "{move}";

  private static final byte[] NOTHING = {};

  /** The same in all rooms and languages. */
  private static final Printed SCRIPT = Printed.of("<script>" + Page.SCRIPT + "</script>");

  private final Language language;
  private final Texts texts;
  private final Saying saying = new Saying(this::said);
  private final Printed start;
  private final Printed head;
  private final byte[] heading;
  private final byte[] tab;
  private final byte[] refresh = Page.utf8("<noscript><meta http-equiv=\"refresh\" content=\"");
  private final byte[] refreshEnd = Page.utf8("\"></noscript>\n");
  private final byte[] place = Page.utf8("\" data-place=\"");
  private final byte[] ahead = Page.utf8("\" data-ahead=\"");
  private final byte[] opens = Page.utf8("\" data-opens=\"");
  private final byte[] status =
      Page.utf8("<p role=\"status\" id=\"spoken\"></p>\n<p id=\"place\">");
  private final WaitWords waits;
  private final byte[] progress =
      Page.utf8(
          """
          </p>
          <progress id="progress" hidden></progress>
          <p id="gone" hidden></p>
          <p id="left" role="timer" hidden></p>
          """);
  private final Printed move;
  private final Printed moveFramed;
  private final End end;
  private final End endStill;
  private final Printed foot;

  /** The end of the page, around what is only for a visitor with a number. */
  private static final class End {
    final Printed before;
    final Printed after;

    End(String text) {
      int at = text.indexOf(MOVE);
      before = Printed.of(text.substring(0, at));
      after = Printed.of(text.substring(at + MOVE.length()));
    }
  }

  // Rule zero: what a page is made of, once.
  Sheet(Language language, String room, String title, Look look) {
    this.language = language;
    this.texts = look.texts(language);
    Template.Frame frame = look.frame(language, true, room, title);
    start = Printed.of(frame.start() + Page.head(titled("title", title)));
    this.waits = new WaitWords(texts);
    head =
        Printed.of(
            "<style>"
                + look.style()
                + "</style>"
                + frame.middle()
                + "<main data-room=\""
                + room
                + "\" data-again=\"");
    heading =
        Page.utf8("\">\n" + look.ownLogo(room) + "<h1>" + titled("heading", title) + "</h1>\n");
    tab =
        Page.utf8(
            ("<p id=\"tab\" data-why=\"%s\"><a href=\"\" target=\"_blank\" rel=\"noopener\">"
                    + "%s</a></p>\n")
                .formatted(say("framed"), say("tab")));
    String links = look.ownList();
    end = new End(end(room, false).replace(LINKS, links));
    endStill = new End(end(room, true).replace(LINKS, links));
    // In a tab of its own: on the page that shows the link nobody would hear of the turn. Within a
    // frame not, as a tab may have other cookies.
    move = Printed.of(details("move", room, " target=\"_blank\" rel=\"noopener\""));
    moveFramed = Printed.of(details("move", room, ""));
    foot = Printed.of(frame.end());
  }

  private String titled(String key, String title) {
    return Page.escape(texts.text(key)).replace("{title}", Page.escape(title));
  }

  private String say(String key) {
    return Page.escape(texts.text(key));
  }

  private String end(String room, boolean still) {
    String choose = "/_usher/page?room=" + room + "&amp;";
    return """
    <p id="updated" hidden></p>
    <p><button type="button" id="go" hidden>%s</button></p>
    <noscript><p><a href="">%s</a></p><p><a href="%s">%s</a></p></noscript>
    <p id="alive" hidden>%s</p>
    <p>%s</p>
    <p><label id="holds" hidden><input type="checkbox" id="hold"> %s</label>
    <label id="sounds" hidden><input type="checkbox" id="sound"> %s</label></p>
    %s%s<details><summary><span lang="en">Language</span>: <bdi>%s</bdi></summary>
    <ul>%s</ul></details>
    %s</main>
    <script type="application/json" id="texts">%s</script>
    """
        .formatted(
            say("continue"),
            say("check"),
            choose + "reload=" + (still ? "on" : "off"),
            say(still ? "start" : "stop"),
            say("alive"),
            say("kept"),
            say("hold"),
            say("sound"),
            MOVE,
            details("leave", room, ""),
            language.ownName(),
            languages(choose),
            LINKS,
            json());
  }

  /** What a visitor may do with the place, told before it is done. */
  private String details(String what, String room, String where) {
    return """
    <details><summary>%s</summary>
    <form method="post" action="/_usher/%s?room=%s"%s>
    <p>%s</p>
    <button>%s</button></form></details>
    """
        .formatted(say(what), what, room, where, say(what + ".why"), say(what + ".yes"));
  }

  private static String languages(String choose) {
    return Arrays.stream(Language.values())
        .map(
            other ->
                "<li><a lang=\"%1$s\" hreflang=\"%1$s\" href=\"%2$slanguage=%1$s\">%3$s</a></li>"
                    .formatted(other.tag(), choose, other.ownName()))
        .collect(Collectors.joining());
  }

  private String json() {
    return texts.all().entrySet().stream()
        .filter(
            text ->
                SPOKEN.contains(text.getKey())
                    || text.getKey().startsWith("ahead.")
                    || text.getKey().startsWith("opens.")
                    || text.getKey().startsWith("wait")
                    || text.getKey().startsWith("turn.")
                    || text.getKey().startsWith("gone."))
        .sorted(Map.Entry.comparingByKey())
        .map(text -> Page.quote(text.getKey()) + ":" + Page.quote(text.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The page for a visitor. */
  Copy copy(Standing standing, WaitingPage.View view) {
    Copy out = new Copy().put(start);
    if (!view.choice().still()) {
      out.put(refresh).put(standing.retryAfterSeconds()).put(refreshEnd);
    }
    out.put(head).put(standing.retryAfterSeconds());
    if (view.place() != null) {
      out.put(place).put(view.place().epoch()).put((byte) '.').put(view.place().number());
    }
    if (standing.state() == Standing.State.WAITING && standing.ahead() != Long.MAX_VALUE) {
      out.put(ahead).put(standing.ahead());
    }
    if (standing.countdown() != null) {
      out.put(opens).put(Math.max(0, standing.countdown().leftMillis() / 1000));
    }
    out.put(heading).put(view.framed() ? tab : NOTHING).put(note(view.ended())).put(status);
    out.put(Page.utf8(Page.escape(say(standing)))).put(saying.bytes(standing.message()));
    out.put(progress).put(Page.utf8(wait(waits.say(standing))));
    End last = view.choice().still() ? endStill : end;
    out.put(last.before);
    if (view.place() != null) {
      out.put(view.framed() ? moveFramed : move);
    }
    return out.put(last.after).put(SCRIPT).put(foot);
  }

  private static String wait(String words) {
    String hidden = words.isEmpty() ? " hidden" : "";
    return "<p id=\"wait\"" + hidden + ">" + Page.escape(words) + "</p>\n";
  }

  private byte[] note(@Nullable Ended ended) {
    return ended == null
        ? NOTHING
        : Page.utf8("<p id=\"note\">" + Page.escape(ended.sentence(texts)) + "</p>\n");
  }

  private byte[] said(String message) {
    return Page.utf8(" " + Page.escape(texts.text("said").replace("{message}", message)));
  }

  /** The standing as a sentence or two; the page's script says the same. */
  String say(Standing standing) {
    if (standing.state() == Standing.State.SOLD_OUT) {
      return texts.text("soldout");
    }
    return standing.limited()
        ? sentence(standing) + " " + texts.text("limited")
        : sentence(standing);
  }

  private String sentence(Standing standing) {
    Countdown countdown = standing.countdown();
    if (countdown != null) {
      return opens(countdown.opening()) + " " + gathered(standing.ahead());
    }
    if (standing.halt() != Standing.Halt.NONE) {
      return texts.text(halt(standing.halt()));
    }
    if (standing.state() == Standing.State.CALLED) {
      return texts.text("front");
    }
    if (standing.ahead() == Long.MAX_VALUE) {
      return texts.text("unknown");
    }
    return standing.ahead() == 0 ? texts.text("next") : texts.count("ahead", standing.ahead());
  }

  private static String halt(Standing.Halt why) {
    return switch (why) {
      case NONE -> throw new IllegalArgumentException("People come in");
      case FAULT -> "fault";
      case PAUSED -> "paused";
      case NO_POD -> "closed";
    };
  }

  private String opens(Opening opening) {
    return texts
        .text("opens")
        .replace("{date}", texts.date(opening.day()))
        .replace("{time}", opening.clock());
  }

  private String gathered(long ahead) {
    if (ahead == Long.MAX_VALUE) {
      return texts.text("opens.kept");
    }
    return ahead == 0 ? texts.text("opens.first") : texts.count("ahead", ahead);
  }
}
