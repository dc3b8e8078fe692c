package dev.usher.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The steps of the queue: Lua files beside this class, each with the shared prelude before it. */
final class Scripts {
  private static final String PRELUDE = read("prelude");

  static final NamedScript ARRIVE = load("arrive");
  static final NamedScript SEE = load("see");
  static final NamedScript MERGE = load("merge");
  static final NamedScript CALL = load("call");
  static final NamedScript CLAIM = load("claim");
  static final NamedScript STAY = load("stay");
  static final NamedScript LEAVE = load("leave");
  static final NamedScript LINE = load("line");
  static final NamedScript LEAD = load("lead");
  static final NamedScript PAUSE = load("pause");
  static final NamedScript RESET = load("reset");
  static final NamedScript ROLL = load("roll");
  static final NamedScript COPY = load("copy");
  static final NamedScript RESTORE = load("restore");
  static final NamedScript ENLIST = load("enlist");
  static final NamedScript NUMBER = load("number");
  static final NamedScript SHARE = load("share");
  static final NamedScript GRANT = load("grant");
  static final NamedScript GIVE_UP = load("giveup");
  static final NamedScript PROVEN = load("proven");
  static final NamedScript WORK = load("work");
  static final NamedScript NOTE = load("note");
  static final NamedScript LIVE = load("live");
  static final NamedScript RECORD = load("record");
  static final NamedScript MOVE = load("move");
  static final NamedScript MOVES = load("moves");

  /** All of them. */
  static final List<NamedScript> ALL =
      List.of(
          ARRIVE, SEE, MERGE, CALL, CLAIM, STAY, LEAVE, LINE, LEAD, PAUSE, RESET, ROLL, COPY,
          RESTORE, ENLIST, NUMBER, SHARE, GRANT, GIVE_UP, PROVEN, WORK, NOTE, LIVE, RECORD, MOVE,
          MOVES);

  private Scripts() {}

  private static NamedScript load(String name) {
    return NamedScript.of(name, PRELUDE, read(name));
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
