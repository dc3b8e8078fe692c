package dev.usher.page;

import dev.usher.words.EnumWords;

/**
 * What a page says to a visitor who neither waits nor comes in. In lower case its name is part of
 * the names of its texts, such as {@code notice.full.title}.
 */
public enum Notice {
  // What a room says.
  FULL("full", Lost.NOWHERE),
  CROWD("crowd", Lost.NOWHERE),
  SOLD("sold", Lost.NOWHERE),
  LATER("later", Lost.NOWHERE),
  SHARED("shared", Lost.NOWHERE),
  UNSENT("unsent", Lost.SAID_ALREADY),
  LEFT("left", Lost.SAID_ALREADY),

  // What is said on the way to another browser.
  LINK("link", Lost.SAID_ALREADY),
  MOVE("move", Lost.SAID_ALREADY),
  MOVED("moved", Lost.SAID_ALREADY),
  SPENT("spent", Lost.SAID_ALREADY),
  UNMOVED("unmoved", Lost.SAID_ALREADY),
  HELD("held", Lost.SAID_ALREADY),
  HERE("here", Lost.SAID_ALREADY),

  // What became of an admitted request that no pod answered.
  BUSY("kept", Lost.NOWHERE),
  MANY("moment", Lost.NOWHERE),
  TWICE("twice", Lost.LOOK),
  AWAY("kept", Lost.NOWHERE),
  BROKEN("kept", Lost.UNKNOWN),
  SLOW("kept", Lost.UNKNOWN),
  LARGE("large", Lost.NOTHING_DONE),
  STALLED("moment", Lost.UNKNOWN),
  FAULT("moment", Lost.UNKNOWN),

  // What became of a request that leads nowhere, or could not be read.
  CONNECTIONS("connections", Lost.NOWHERE),
  ADDRESS("address", Lost.NOWHERE),
  COOKIES("cookies", Lost.NOWHERE),
  UNCLEAR("unclear", Lost.NOWHERE),
  ELSEWHERE("elsewhere", Lost.NOWHERE),
  NOTHING("nothing", Lost.NOWHERE);

  /** What became of a form that was sent; texts are named after it. */
  private enum Lost {
    SAID_ALREADY,
    NOWHERE,
    UNKNOWN,
    LOOK,
    NOTHING_DONE
  }

  private final String sentence;
  private final Lost lost;

  Notice(String sentence, Lost lost) {
    this.sentence = sentence;
    this.lost = lost;
  }

  String title(Texts texts) {
    return texts.text("notice." + EnumWords.lower(this) + ".title");
  }

  /**
   * What is said below the title.
   *
   * @param form whether the visitor sent something, which is lost
   */
  String sentence(Texts texts, boolean form) {
    String said = texts.text("notice." + sentence);
    if (!form || lost == Lost.SAID_ALREADY) {
      return said;
    }
    String became = texts.text("notice.form." + EnumWords.lower(lost));
    // What is true of a page that somebody opened comforts nobody whose form is lost.
    boolean comforts = sentence.equals("kept") || sentence.equals("moment");
    return comforts ? became : said + " " + became;
  }

  /** The words of the link. */
  String link(Texts texts) {
    return texts.text(
        lost == Lost.SAID_ALREADY ? "notice." + EnumWords.lower(this) + ".link" : "notice.again");
  }
}
