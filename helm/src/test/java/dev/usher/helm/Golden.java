package dev.usher.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with what the tests expect, which {@code -Dusher.golden=write} writes anew. */
final class Golden {
  private static final boolean WRITE = "write".equals(System.getProperty("usher.golden"));

  private Golden() {}

  static void assertIs(Path file, String text) {
    try {
      if (WRITE) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
      }
      String remedy =
          "%s is not what it should be. Look at the difference; if it is meant, write the file by"
              + " mvn -pl helm -am test -Dusher.golden=write -Dtest='dev.usher.helm.*Test'"
              + " -Dsurefire.failIfNoSpecifiedTests=false";
      assertThat(text).as(remedy, file).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
