package dev.usher.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "AdsBot-Google (+http://www.google.com/adsbot.html)",
        "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "GoogleHC/1.0",
        "ELB-HealthChecker/2.0",
        "kube-probe/1.30",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0 A",
        "TelegramBot (like TwitterBot)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
      })
  void whatSaysThatItIsNoPersonIsNone(String userAgent) {
    assertThat(Robots.isRobot(userAgent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X18) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) [FBAN/FBIOS;FBAV/470.0]",
        "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 WhatsApp/2.24",
        "okhttp/4.12.0",
        "curl/8.5.0",
        "Bottleneck/1.0",
      })
  void aPersonsBrowserOrAppIsNoRobot(String userAgent) {
    assertThat(Robots.isRobot(userAgent)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/robots.txt", "/robots.txt?x", "/sitemap.xml", "/.well-known/acme"})
  void onlyRobotsAskForThesePaths(String target) {
    assertThat(Robots.isForRobots(target)).isTrue();
  }
}
