package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final String SECRET = "A".repeat(43);

  @Test
  void keysAreReadFromLinesAndCommasWithComments() {
    Keys keys =
        Keys.parse("# newest first\n b:" + SECRET + " , a:" + SECRET + " # old\n\nc:" + SECRET);

    assertThat(keys).hasToString("Keys[b, a, c]");
  }

  @Test
  void aNewKeyCanBeReadAndIsNeverTheSame() {
    SecureRandom chance = new SecureRandom();

    assertThat(Keys.parse(Keys.newKey(chance)).all()).hasSize(1);
    assertThat(Keys.newKey(chance)).isNotEqualTo(Keys.newKey(chance));
  }

  @Test
  void theKeysOfTicketsAndPassesDiffer() {
    Keys.Key key = Keys.parse("a:" + SECRET).all().get(0);

    assertThat(key.forTickets().getEncoded()).isNotEqualTo(key.forPasses().getEncoded());
  }

  @Test
  void anErrorNamesTheKeyAndTheFixAndHidesTheSecret() {
    refused("", "at least one key", "usher key");
    refused("# nothing\n", "at least one key", "usher key");
    refused("s3cret" + SECRET, "Key 1", "usher key");
    refused("a:" + SECRET + ",s3cret of mine:" + SECRET, "Key 2", "usher key");
    refused("a:s3cretAA", "\"a\"", "at least 32 bytes but was", "usher key");
    refused("a:s3cret+" + SECRET, "\"a\"", "base64url", "usher key");
    refused("a:s3cret" + SECRET.substring(7) + "=", "\"a\"", "base64url", "usher key");
    refused("a:" + SECRET + "\na:" + SECRET, "\"a\"", "rename or remove one");
    refused("x:" + SECRET + "\n" + eight(), "at most 8", "remove");
  }

  private static String eight() {
    StringBuilder keys = new StringBuilder();
    for (char id = 'a'; id < 'a' + 8; id++) {
      keys.append(id).append(':').append(SECRET).append('\n');
    }
    return keys.toString();
  }

  private static void refused(String text, String... says) {
    assertThatThrownBy(() -> Keys.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(says)
        .message()
        .doesNotContain("s3cret", "AAAA");
  }
}
