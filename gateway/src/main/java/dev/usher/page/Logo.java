package dev.usher.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture above the heading.
 *
 * @param content the file, each byte as a character from 0 to 255
 * @param type its media type
 */
public record Logo(String content, String type) {
  /** The largest file, in bytes: each visitor loads it once, all of them at the same moment. */
  public static final int BYTES_MAX = 64 * 1024;

  private static final int NAME = 12;

  /** How files of a media type begin. */
  private record Kind(String type, String begins, String then) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("image/png", "\u0089PNG\r\n\u001a\n", ""),
          new Kind("image/jpeg", "\u00ff\u00d8\u00ff", ""),
          new Kind("image/webp", "RIFF", "WEBP"));

  /** The logo of this content; null if it is none that browsers show everywhere. */
  public static @Nullable Logo of(byte[] file) {
    String content = new String(file, StandardCharsets.ISO_8859_1);
    for (Kind kind : KINDS) {
      if (content.startsWith(kind.begins()) && content.startsWith(kind.then(), 8)) {
        return new Logo(content, kind.type());
      }
    }
    String start = content.substring(0, Math.min(content.length(), 1024));
    return start.contains("<svg") ? new Logo(content, "image/svg+xml") : null;
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    return content.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A name for just this content, so that browsers may keep it for ever. */
  public String name() {
    byte[] digest = Arrays.copyOf(Page.sha256(bytes()), NAME);
    return HexFormat.of().formatHex(digest);
  }
}
