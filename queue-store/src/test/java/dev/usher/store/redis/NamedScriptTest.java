package dev.usher.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.RedisOptions;
import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script declares, it keeps to, and so does who asks it. */
final class NamedScriptTest {
  private static final String PRELUDE =
      "-- args: offset lane\nlocal LEAP = 5\nlocal function less(key, by)\n  return by\nend\n";

  private static NamedScript script(String keys, String arguments, String code) {
    return NamedScript.of(
        "knock", PRELUDE, "-- keys: " + keys + "\n-- args: " + arguments + "\n" + code);
  }

  private static NamedScript knock() {
    return script("door | bell", "... who | tone", "return {door, who, KEYS[KEYS_FROM]}\n");
  }

  @Test
  void aNameIsALocalInFrontOfTheScript() {
    NamedScript script =
        script(
            "door | bell rope",
            "... who",
            "-- not KEYS[1]\nreturn {'KEYS[1] x', door, who, KEYS[KEYS_FROM + BELL + ROPE], GAP}");
    assertThat(script.script().text())
        .isEqualTo(
            "local GAP = 65536\nlocal offset, lane = ARGV[1], ARGV[2]\n"
                + PRELUDE
                + "local door = KEYS[1]\nlocal who = ARGV[3]\n"
                + "local KEYS_FROM = 2\nlocal KEYS_EACH = 2\nlocal BELL = 0\nlocal ROPE = 1\n"
                + "-- keys: door | bell rope\n-- args: ... who\n-- not KEYS[1]\n"
                + "return {'KEYS[1] x', door, who, KEYS[KEYS_FROM + BELL + ROPE], GAP}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "door; ... who; return {dour, who}; declares door, but does not use it",
        "door; ... who; return {door, who, dour}; uses dour, which nothing declares",
        "door; ... who; return {door, who, GAPS}; uses GAPS, which nothing declares",
        "door; ... who; return {door, who, ARGV[4]}; must call ARGV[4] by name",
        "door; ... who; local door = 1 return {door, who}; declares door twice",
        "door; ... door; return door; declares door twice",
        "less; ... who; return {less, who}; declares less twice",
        "door; ... end; return door; declares end, which must be in small letters",
        "door; ... Who; return {door, Who}; declares Who, which must be in small letters"
      })
  void aScriptThatDoesNotKeepToItsNamesIsNotLoaded(
      String keys, String arguments, String code, String why) {
    assertThatThrownBy(() -> script(keys, arguments, code))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("knock.lua " + why);
  }

  @Test
  void everySharedConstantIsWrittenBeforeSomeScript() {
    assertThat(ScriptConstants.names())
        .allMatch(
            name ->
                Scripts.ALL.stream()
                    .anyMatch(each -> each.script().text().contains("local " + name + " = ")));
  }

  @Test
  void aScriptWithoutNamesIsNotLoaded() {
    assertThatThrownBy(() -> NamedScript.of("knock", PRELUDE, "-- keys: door\nreturn door"))
        .hasMessage("knock.lua must name its ARGV in a line that begins with \"-- args: \"");
  }

  @Test
  void aCallInAnotherOrderIsRefused() {
    ScriptArguments ask = new ScriptArguments(knock());
    assertThatThrownBy(() -> ask.key("bell", "b"))
        .hasMessage("knock.lua wants door as KEYS[1] but was given bell");
    ask.with("offset", 0).with("lane", 0).with("who", "me").with("tone", 1);
    assertThatThrownBy(() -> ask.with("who", "you"))
        .hasMessage("knock.lua wants tone as ARGV[5] but was given who");
  }

  @Test
  void aCallOfTooManyOrTooFewIsRefused() {
    Vertx vertx = Vertx.vertx();
    RedisLink link =
        new RedisLink(vertx, RedisOptions.of(URI.create("redis://127.0.0.1:1")), "one");
    ScriptArguments many = new ScriptArguments(script("door", "... who", "return {door, who}"));
    many.key("door", "d");
    assertThatThrownBy(() -> many.key("bell", "b"))
        .hasMessage("knock.lua has no KEYS[2] but was given bell");
    assertThatThrownBy(() -> many.with("offset", 0).ask(link))
        .hasMessage("knock.lua wants lane as ARGV[2] but was not given it");
    vertx.close();
  }
}
