package dev.usher.accept;

/**
 * A header such as {@code Accept} or {@code Accept-Language}: entries, each with how much it is
 * wanted (RFC 9110, section 12.4.2). Read in place, entry after entry.
 *
 * <p>On the path of every request that opens a page: no entry is copied unless its name is asked
 * for.
 */
public final class WeightedList {
  /** The part of a header that is read; browsers send about 150 characters. */
  private static final int READ_MAX = 1024;

  private static final int WHOLE = 1000;

  private final String text;
  private final int end;
  private int next;
  private int name;
  private int nameEnd;
  private int entryEnd;

  public WeightedList(String header) {
    this.text = header;
    this.end = Math.min(header.length(), READ_MAX);
  }

  /** Goes on to the next entry. Returns whether there is one. */
  public boolean next() {
    if (next >= end) {
      return false;
    }
    int comma = text.indexOf(',', next);
    entryEnd = comma < 0 || comma > end ? end : comma;
    name = skipBlanks(next);
    nameEnd = name;
    while (nameEnd < entryEnd && ";, \t".indexOf(text.charAt(nameEnd)) < 0) {
      nameEnd++;
    }
    next = entryEnd + 1;
    return true;
  }

  /** What the entry names. */
  public String name() {
    return text.substring(name, nameEnd);
  }

  /** Whether the entry names just this, in letters of whatever case. */
  boolean is(String other) {
    return nameEnd - name == other.length() && startsWith(other, other.length());
  }

  /** Whether the entry names all that begins with as many letters of the other: {@code text/*}. */
  boolean isAllOf(String other, int letters) {
    return nameEnd - name == letters + 1
        && text.charAt(nameEnd - 1) == '*'
        && startsWith(other, letters);
  }

  private boolean startsWith(String other, int letters) {
    return text.regionMatches(true, name, other, 0, letters);
  }

  /**
   * How much the entry is wanted, in thousandths: all of them unless it says otherwise, none if
   * what it says is no number.
   */
  public int weight() {
    for (int at = text.indexOf(';', nameEnd); at >= 0 && at < entryEnd; ) {
      int parameter = skipBlanks(at + 1);
      if (parameter + 1 < entryEnd
          && (text.charAt(parameter) | 0x20) == 'q'
          && text.charAt(parameter + 1) == '=') {
        return number(parameter + 2);
      }
      at = text.indexOf(';', at + 1);
    }
    return WHOLE;
  }

  /** A number from 0 to 1, of which three digits count; some clients leave its zero out. */
  private int number(int from) {
    int at = from;
    char first = at < entryEnd ? text.charAt(at) : ' ';
    if (first == '1') {
      return WHOLE;
    }
    at += first == '0' ? 1 : 0;
    if (at >= entryEnd || text.charAt(at) != '.') {
      return 0;
    }
    int thousandths = 0;
    for (int worth = WHOLE / 10; worth > 0 && ++at < entryEnd; worth /= 10) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      thousandths += digit * worth;
    }
    return thousandths;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < entryEnd && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
