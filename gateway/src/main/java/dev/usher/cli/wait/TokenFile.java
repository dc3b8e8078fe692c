package dev.usher.cli.wait;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The visitor's token, kept in a file if one is named: a single line, the header that carries it,
 * which curl reads by {@code -H @FILE}.
 */
final class TokenFile {
  private static final Pattern LINE =
      Pattern.compile("(Usher-Ticket|Usher-Pass): ([A-Za-z0-9._=-]{1,512})");

  private static final String TICKET = "Usher-Ticket";
  private static final String PASS = "Usher-Pass";

  private final @Nullable Path file;
  private String name = TICKET;
  private String token = "none";

  private TokenFile(@Nullable Path file) {
    this.file = file;
  }

  /** The token of an earlier wait, if the file is there. */
  static TokenFile open(@Nullable Path file) throws NotAdmittedException {
    TokenFile tokens = new TokenFile(file);
    if (file != null && Files.exists(file)) {
      tokens.read(file);
    }
    if (file != null) {
      // Not only once there is a place that would be lost.
      tokens.tryToWrite(file);
    }
    return tokens;
  }

  private void read(Path from) throws NotAdmittedException {
    try {
      Matcher line = LINE.matcher(Files.readString(from).strip());
      if (line.matches()) {
        name = line.group(1);
        token = line.group(2);
        return;
      }
    } catch (IOException e) {
      // The message below says it better.
    }
    throw new NotAdmittedException(
        "--ticket must name a file that usher wait wrote, or none yet, but "
            + from
            + " holds something else: name another");
  }

  private void tryToWrite(Path target) throws NotAdmittedException {
    try {
      Files.delete(beside(target));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static Path beside(Path target) throws IOException {
    return Files.createTempFile(target.toAbsolutePath().getParent(), ".usher", ".ticket");
  }

  private NotAdmittedException unwritable(IOException e) {
    return new NotAdmittedException("--ticket must be writable but " + file + " is not: " + e);
  }

  /** The header by which the token travels. */
  String name() {
    return name;
  }

  /** The token, or a word that no token is, by which a gateway knows where to put the first. */
  String token() {
    return token;
  }

  /** The pass; null while there is none. */
  @Nullable String pass() {
    return name.equals(PASS) ? token : null;
  }

  /** Keeps the token of an answer, if it brings one. */
  void keep(JsonObject answer) throws NotAdmittedException {
    String pass = answer.getString("pass");
    String given = pass == null ? answer.getString("ticket") : pass;
    if (given != null) {
      name = pass == null ? TICKET : PASS;
      token = given;
      write();
    }
  }

  /** Replaced at once and not rewritten: a client that is killed meanwhile finds the old one. */
  private void write() throws NotAdmittedException {
    if (file == null) {
      return;
    }
    Path target = file.toAbsolutePath();
    try {
      Path fresh = beside(target);
      // Whoever reads it has the place.
      Files.setPosixFilePermissions(
          fresh, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      Files.writeString(fresh, name + ": " + token + "\n");
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
