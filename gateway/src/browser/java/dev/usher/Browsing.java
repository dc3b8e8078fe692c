package dev.usher;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine's Chromium, driven by Playwright: the one without windows and menus of its own, which
 * nobody sees here and which take half of its time, or else the whole.
 */
final class Browsing implements AutoCloseable {
  private static final List<String> CHROMIUM =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  Browsing() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(List.of("--no-sandbox")));
  }

  private static Path chromium() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .flatMap(folder -> CHROMIUM.stream().map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "Plays in a browser need Chromium on the PATH but there is none: install the"
                        + " package chromium-headless-shell or chromium"));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
