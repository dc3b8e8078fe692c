package dev.usher.accept;

import org.jspecify.annotations.Nullable;

/** What a header {@code Accept} says of pages and of JSON, and {@code Accept-Encoding} of gzip. */
public final class Accept {
  private static final String HTML = "text/html";

  private Accept() {}

  /** Whether a page is taken at all, by name or not. */
  public static boolean takesPages(@Nullable String accept) {
    return accept == null || quality(accept, HTML) > 0;
  }

  /**
   * Whether JSON is wanted rather than a page: if its quality is higher, or as high and a page is
   * accepted only by a wildcard.
   */
  public static boolean prefersJson(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    int json =
        Math.max(quality(accept, "application/json"), quality(accept, "application/problem+json"));
    return json > quality(accept, HTML);
  }

  /**
   * Whether a page is asked for by name, as browsers do where somebody will look at the answer, and
   * nothing is wanted more.
   */
  public static boolean asksForPage(@Nullable String accept) {
    return accept != null && isNamed(quality(accept, HTML)) && !prefersJson(accept);
  }

  /**
   * Whether gzip is accepted, and the content as it is not wanted more. Who does not say so is
   * answered plainly, because programs that say nothing seldom know what to do with anything else.
   *
   * @param encodings the header Accept-Encoding
   */
  public static boolean prefersGzip(@Nullable String encodings) {
    int named = -1;
    int any = 0;
    int plain = 0;
    WeightedList list = new WeightedList(encodings == null ? "" : encodings);
    while (list.next()) {
      if (list.is("gzip") || list.is("x-gzip")) {
        named = Math.max(named, list.weight());
      } else if (list.is("*")) {
        any = list.weight();
      } else if (list.is("identity")) {
        plain = list.weight();
      }
    }
    int gzip = named < 0 ? any : named;
    return gzip > 0 && gzip >= plain;
  }

  /**
   * How well a type is accepted: four times the thousandths of its most specific entry's quality
   * (RFC 9110, section 12.5.1), with a point or two for being named; 0 if it is not accepted.
   */
  private static int quality(String accept, String type) {
    int best = 0;
    int bestRank = -1;
    for (WeightedList list = new WeightedList(accept); list.next(); ) {
      int rank = rank(list, type);
      if (rank > bestRank) {
        int weight = list.weight();
        best = weight == 0 ? 0 : weight * 4 + rank;
        bestRank = rank;
      }
    }
    return best;
  }

  private static boolean isNamed(int quality) {
    return quality % 4 == 2;
  }

  /** 2 if the entry names the type, 1 for its wildcard, 0 for any type, -1 for another type. */
  private static int rank(WeightedList list, String type) {
    if (list.is(type)) {
      return 2;
    }
    return list.isAllOf(type, type.indexOf('/') + 1) ? 1 : list.is("*/*") ? 0 : -1;
  }
}
