package dev.usher.helm.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Manifests and configurations with places to fill in, beside the tests. */
final class Texts {
  private Texts() {}

  /** The text of a file, with each {@code ${NAME}} of name, value, name, value replaced. */
  static String of(String file, String... namesAndValues) {
    String text = new String(bytes("/proof/" + file), StandardCharsets.UTF_8);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text = text.replace("${" + namesAndValues[i] + "}", namesAndValues[i + 1]);
    }
    return text;
  }

  static byte[] bytes(String resource) {
    try (InputStream in = Texts.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
