package dev.usher.page;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page of a room's waiting visitors: plain and small, one request, nothing from elsewhere. It
 * works without JavaScript: then the browser reloads it by itself, unless the visitor chose
 * otherwise.
 */
public final class WaitingPage {
  /** Where the logo of a room is. */
  public static final String LOGO = "/_usher/logo";

  private final Map<Language, Sheet> sheets = new EnumMap<>(Language.class);
  private final String policy;
  private final boolean framedElsewhere;

  /**
   * @param room the room's name
   * @param title what the page calls the room
   * @param look what of the page is the operator's own
   */
  public WaitingPage(String room, String title, Look look) {
    for (Language language : Language.values()) {
      sheets.put(language, new Sheet(language, room, title, look));
    }
    framedElsewhere = look.isFramedElsewhere();
    policy =
        "default-src 'none'; script-src '"
            + Page.digest(Page.SCRIPT)
            + "'; style-src "
            + look.styles()
            + "; "
            + look.pictures()
            + "connect-src 'self'; base-uri 'none'; form-action 'self'; "
            + look.framing();
  }

  /** The Content-Security-Policy: nothing may run or load except what belongs to the page. */
  public String policy() {
    return policy;
  }

  /** Whether pages of other hosts may show it in a frame. */
  public boolean isFramedElsewhere() {
    return framedElsewhere;
  }

  /**
   * Whom the page is for.
   *
   * @param choice what the visitor chose
   * @param place the visitor's number, by which the page knows whether it counts on; null while
   *     there is none
   * @param ended why an earlier visit ended, if that is to be told
   * @param framed whether another page shows this one in a frame
   */
  public record View(
      Choice choice, @Nullable LineNumber place, @Nullable Ended ended, boolean framed) {
    /** For a page of its own. */
    public View(Choice choice, @Nullable LineNumber place, @Nullable Ended ended) {
      this(choice, place, ended, false);
    }
  }

  /**
   * A visitor's number.
   *
   * @param epoch the life of the line that gave it
   * @param number the number
   */
  public record LineNumber(long epoch, long number) {}

  /** The page for a visitor's current standing. */
  public byte[] write(Standing standing, View view) {
    return copy(standing, view).plain();
  }

  /** The same as a member of gzip, for whoever accepts that. */
  public byte[] gzip(Standing standing, View view) {
    return copy(standing, view).gzip();
  }

  private Copy copy(Standing standing, View view) {
    return Objects.requireNonNull(sheets.get(view.choice().language())).copy(standing, view);
  }
}
