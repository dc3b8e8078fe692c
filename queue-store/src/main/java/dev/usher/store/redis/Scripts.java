package dev.usher.store.redis;

import dev.usher.store.redis.link.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The steps of the queue: Lua files beside this class, each with the shared prelude before it. */
final class Scripts {
  private static final String PRELUDE = read("prelude");

  static final Script ARRIVE = load("arrive");
  static final Script SEE = load("see");
  static final Script MERGE = load("merge");
  static final Script CALL = load("call");
  static final Script CLAIM = load("claim");
  static final Script STAY = load("stay");
  static final Script LEAVE = load("leave");
  static final Script LINE = load("line");
  static final Script LEAD = load("lead");
  static final Script PAUSE = load("pause");
  static final Script RESET = load("reset");
  static final Script ROLL = load("roll");
  static final Script COPY = load("copy");
  static final Script RESTORE = load("restore");
  static final Script ENLIST = load("enlist");
  static final Script NUMBER = load("number");
  static final Script SHARE = load("share");
  static final Script GRANT = load("grant");
  static final Script GIVE_UP = load("giveup");
  static final Script PROVEN = load("proven");
  static final Script WORK = load("work");
  static final Script NOTE = load("note");

  /** All of them. */
  static final List<Script> ALL =
      List.of(
          ARRIVE, SEE, MERGE, CALL, CLAIM, STAY, LEAVE, LINE, LEAD, PAUSE, RESET, ROLL, COPY,
          RESTORE, ENLIST, NUMBER, SHARE, GRANT, GIVE_UP, PROVEN, WORK, NOTE);

  private Scripts() {}

  private static Script load(String name) {
    return Script.of(name, PRELUDE + "\n" + read(name));
  }

  private static String read(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("The script " + name + ".lua is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
