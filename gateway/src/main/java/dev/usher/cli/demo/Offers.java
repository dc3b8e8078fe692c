package dev.usher.cli.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The offers of a season as one visitor sees them: read from the promoter's lines, priced, sorted
 * and written as a page and as JSON. Plain library code of the kind that shops are made of, and
 * much of it: fast once it is compiled, and many times slower in a JVM that has just started.
 */
final class Offers {
  private static final int LINES = 240;
  private static final Pattern LINE =
      Pattern.compile(
          "(\\w+(?: \\w+)*) @ (\\w+), (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d) from (\\d+)c");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final BigDecimal TAX = new BigDecimal("1.19");

  private final List<Offer> all = new ArrayList<>();

  private record Offer(String title, String city, LocalDateTime begins, BigDecimal price) {}

  /** The season as this visitor may see it. */
  Offers(long seed) {
    String[] bands = {"The Early Birds", "Night & Day", "Fish Factory", "Seven Sisters"};
    String[] cities = {"Berlin", "Wien", "Basel", "Graz", "Bern"};
    for (int i = 0; i < LINES; i++) {
      long chance = ((seed + i) * 0x9E3779B97F4A7C15L) >>> 16;
      LocalDateTime begins = LocalDateTime.of(2030, 1, 1, 20, 0).plusDays(chance % 365);
      String band = bands[(int) (chance % bands.length)].replace("&", "and");
      String city = cities[(int) (chance / 7 % cities.length)];
      read(band + " @ " + city + ", " + begins + " from " + (1_500 + chance % 9_000) + "c");
    }
  }

  private void read(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      throw new IllegalArgumentException("An offer must match " + LINE + " but was " + line);
    }
    LocalDateTime begins = LocalDateTime.parse(found.group(3));
    all.add(new Offer(found.group(1), found.group(2), begins, price(found.group(4), begins)));
  }

  private static BigDecimal price(String cents, LocalDateTime begins) {
    BigDecimal net = new BigDecimal(cents).movePointLeft(2);
    boolean weekend = begins.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) >= 0;
    BigDecimal asked = weekend ? net.multiply(new BigDecimal("1.25")) : net;
    return asked.multiply(TAX).setScale(2, RoundingMode.HALF_UP);
  }

  /** The page. */
  String html() {
    StringBuilder page = new StringBuilder("<!doctype html>\n<title>Season</title>\n");
    byCity().forEach((city, offers) -> section(page, city, offers));
    return page.append("<script>season=").append(json()).append("</script>\n").toString();
  }

  private static void section(StringBuilder page, String city, List<Offer> offers) {
    NumberFormat money = NumberFormat.getCurrencyInstance(Locale.GERMANY);
    MessageFormat row = new MessageFormat("<li>{0}, {1}: {2} <b>{3}</b></li>\n", Locale.ENGLISH);
    page.append(String.format(Locale.ROOT, "<h2>%s (%,d)</h2>%n<ul>%n", city, offers.size()));
    for (Offer offer : offers) {
      String day = offer.begins().format(DAY);
      Object[] cells = {escaped(offer.title()), city, day, money.format(offer.price())};
      page.append(row.format(cells));
    }
    page.append("</ul>\n");
  }

  private Map<String, List<Offer>> byCity() {
    return all.stream()
        .sorted(Comparator.comparing(Offer::price).thenComparing(Offer::begins))
        .collect(Collectors.groupingBy(Offer::city, TreeMap::new, Collectors.toList()));
  }

  private String json() {
    return all.stream()
        .map(
            offer ->
                String.format(
                    Locale.ROOT,
                    "{\"title\":\"%s\",\"day\":\"%s\",\"price\":%.2f}",
                    escaped(offer.title()),
                    offer.begins().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                    offer.price()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String escaped(String text) {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");
  }
}
