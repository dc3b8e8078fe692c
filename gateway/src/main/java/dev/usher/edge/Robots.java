package dev.usher.edge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Crawlers, link previews, image proxies, monitors and load balancers' checks, told by the names
 * they give themselves. To be taken for one is no advantage: a robot is let by while nobody waits,
 * and otherwise told to come later.
 */
final class Robots {
  /** The part of a longer name that is read. */
  private static final int NAME_MAX = 512;

  /** Words that only such clients call themselves by, in lower case. */
  private static final String[] WORDS = {
    "healthcheck",
    "health-check",
    "health check",
    "health probe",
    "googlehc",
    "kube-probe",
    "load balancer agent",
    "haproxy",
    "pingdom",
    "statuscake",
    "site24x7",
    "uptime",
    "nagios",
    "check_http",
    "zabbix",
    "datadog",
    "blackbox",
    "prometheus",
    "facebookexternalhit",
    "facebookcatalog",
    "imageproxy",
    "bingpreview",
    "uripreview",
    "linkpreview",
    "embedly",
    "spider",
    "crawler",
    "slurp",
    "prerender",
    "bot",
  };

  private Robots() {}

  /** Whether a client of this name is a robot. */
  static boolean isRobot(@Nullable String userAgent) {
    if (userAgent == null) {
      return false;
    }
    String name =
        userAgent.substring(0, Math.min(NAME_MAX, userAgent.length())).toLowerCase(Locale.ROOT);
    // A browser within that app names it at the end of its name, a link preview at the beginning.
    if (name.startsWith("whatsapp/")) {
      return true;
    }
    for (String word : WORDS) {
      if (names(name, word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the name has the word; "bot" must end there, and not end "Cubot", which makes
   * telephones.
   */
  private static boolean names(String name, String word) {
    boolean ending = word.equals("bot");
    for (int at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean ends = end == name.length() || !Character.isLetter(name.charAt(end));
      if (!ending || (ends && !name.startsWith("cu", at - 2))) {
        return true;
      }
    }
    return false;
  }

  /** Whether only robots ask for this path. */
  static boolean isForRobots(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return path.equals("/robots.txt")
        || (path.startsWith("/sitemap") && path.endsWith(".xml"))
        || path.startsWith("/.well-known/");
  }
}
