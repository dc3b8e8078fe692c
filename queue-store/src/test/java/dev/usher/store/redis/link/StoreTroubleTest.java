package dev.usher.store.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.redis.link.StoreTrouble.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StoreTroubleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOADING|LOADING Redis is loading the dataset in memory",
        "REPLICA|READONLY You can't write against a read only replica.",
        "MASTER_DOWN|MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to"
            + " 'no'.",
        "NO_REPLICAS|NOREPLICAS Not enough good replicas to write.",
        "CLUSTER_DOWN|CLUSTERDOWN Hash slot not served",
        "SLOT_MOVING|TRYAGAIN Multiple keys request during rehashing of slot",
        "OUT_OF_MEMORY|OOM command not allowed when used memory > 'maxmemory'.",
        "CANNOT_SAVE|MISCONF Redis is configured to save RDB snapshots, but it's currently unable"
            + " to",
        "WRONG_PASSWORD|NOAUTH Authentication required.",
        "WRONG_PASSWORD|WRONGPASS invalid username-password pair or user is disabled.",
        "NO_PERMISSION|NOPERM this user has no permissions to run the 'evalsha' command",
        "WRONG_TYPE|WRONGTYPE Operation against a key holding the wrong kind of value",
        "BUSY|BUSY Redis is busy running a script. You can only call SCRIPT KILL",
        "UNREACHABLE|CONNECTION_CLOSED",
        "UNREACHABLE|Connection refused: /127.0.0.1:6379",
        "OVERLOADED|Redis waiting queue is full",
        "REFUSED|ERR Error running script"
      })
  void anErrorIsKnownByItsFirstWord(Kind kind, String said) {
    assertThat(StoreTrouble.of(said).kind()).isEqualTo(kind);
    assertThat(StoreTrouble.of(new IOException(said)).said()).isEqualTo(said);
  }

  @Test
  void noAnswerIsATimeOut() {
    assertThat(StoreTrouble.of(new TimeoutException()).kind()).isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void whatTlsDidNotAgreeOnIsNamedHoweverDeepItIs() {
    Throwable plain =
        new IOException("it failed", new SSLException("not an SSL/TLS record: 2d455252"));
    assertThat(StoreTrouble.of(plain).kind()).isEqualTo(Kind.TLS);
    assertThat(StoreTrouble.of(plain).fix()).contains("write redis:// instead of rediss://");
    Throwable unknown =
        new SSLHandshakeException(
            "PKIX path building failed: unable to find valid certification path");
    assertThat(StoreTrouble.of(unknown).fix()).startsWith("set store.redis.ca");
    Throwable other =
        new SSLHandshakeException("No subject alternative DNS name matching a found.");
    assertThat(StoreTrouble.of(other).fix()).startsWith("name the server as its certificate does");
  }

  @Test
  void aMissingRightIsNamed() {
    assertThat(
            StoreTrouble.of("NOPERM this user has no permissions to run the 'evalsha' command")
                .fix())
        .startsWith("grant the ACL user +evalsha;");
    assertThat(
            StoreTrouble.of("NOPERM this user has no permissions to access one of the keys").fix())
        .startsWith("grant the ACL user ~usher:*");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsExplainedWithTheSameFix(Kind kind) throws IOException {
    String row =
        Files.readAllLines(Path.of("..", "docs", "store.md")).stream()
            .filter(line -> line.startsWith("| `" + kind.name().toLowerCase(Locale.ROOT) + "` |"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("docs/store.md must explain " + kind));
    assertThat(row).endsWith("| " + new StoreTrouble(kind, "").fix() + " |");
  }
}
