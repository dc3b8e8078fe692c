package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How long ago somebody looked whether what faces strangers has holes that are known by now. The
 * build asks no one outside, so it can only tell the age of the answer.
 */
class PinnedVersionsTest {
  /** Netty had a release with a security fix about every second month of late. */
  private static final long DAYS_MAX = 90;

  private static final Pattern DATE =
      Pattern.compile("<versions\\.checked>(\\d{4}-\\d\\d-\\d\\d)</versions\\.checked>");

  @Test
  void somebodyLookedNotLongAgoWhetherThePinnedVersionsHaveHoles() throws IOException {
    Matcher found = DATE.matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(found.find()).as("versions.checked in pom.xml").isTrue();
    LocalDate checked = LocalDate.parse(found.group(1));
    long days = ChronoUnit.DAYS.between(checked, LocalDate.now(ZoneOffset.UTC));
    String told =
        ("The versions in pom.xml were last checked for known holes on %s, %d days ago; they should"
                + " be every %d days (CONTRIBUTING.md)")
            .formatted(checked, days, DAYS_MAX);
    if (days > DAYS_MAX) {
      // A tag that is built again in years must still build: only who asks for it fails.
      System.err.println("\n*** WARNING *** " + told + "\n");
      assertThat(Boolean.getBoolean("usher.versions.strict")).as(told).isFalse();
    }
  }
}
