package dev.usher.store.redis.link;

import dev.usher.store.StoreUnavailableException;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One asking of a script, from when it was asked for until its answer or its end. */
final class Call {
  /** A cluster that sends on and on is not in order. */
  private static final int DETOURS_MAX = 16;

  private final String store;
  private final Asked asked;
  private final Promise<ScriptReply> answer;
  private boolean inFull;
  private boolean sure;
  private int detours;
  private long timer = -1;
  private @Nullable StoreTrouble detour;
  private @Nullable Connection sentOn;

  /**
   * What is asked.
   *
   * @param expected what time is expected, when it is sent
   */
  record Asked(Script script, List<String> keys, List<?> arguments, Supplier<String> expected) {}

  Call(String store, Asked asked, Promise<ScriptReply> answer) {
    this.store = store;
    this.asked = asked;
    this.answer = answer;
  }

  Script script() {
    return asked.script;
  }

  List<String> keys() {
    return asked.keys;
  }

  boolean isOver() {
    return answer.future().isComplete();
  }

  void timer(long id) {
    timer = id;
  }

  long timer() {
    return timer;
  }

  void sentOn(Connection connection) {
    sentOn = connection;
  }

  /** Whether it was sent on this connection, or on none. */
  boolean mayBeOn(Connection connection) {
    return sentOn == null || sentOn == connection;
  }

  void answered(Response response) {
    answer.tryComplete(new ScriptReply(response));
  }

  void failed(StoreTrouble trouble) {
    answer.tryFail(
        new StoreUnavailableException(
            "Redis at " + store + " gave no answer to " + script().name() + ": " + trouble.said()));
  }

  /** The server does not know the script: it is sent whole from now on. */
  void inFull() {
    inFull = true;
  }

  /** The server's time is not what was expected: the next time says that this is no mistake. */
  void sure() {
    sure = true;
  }

  /** Notes that it must be sent again, and why; false when that was often enough. */
  boolean detour(StoreTrouble why) {
    detour = why;
    return !isOver() && ++detours <= DETOURS_MAX;
  }

  /** Why it is not answered yet; null while it is only on its way. */
  @Nullable StoreTrouble why() {
    return detour;
  }

  Request request() {
    Request request =
        inFull
            ? Request.cmd(Command.EVAL).arg(script().text())
            : Request.cmd(Command.EVALSHA).arg(script().sha1());
    request.arg(keys().size());
    keys().forEach(request::arg);
    for (Object argument : asked.arguments) {
      if (argument instanceof byte[] bytes) {
        request.arg(bytes);
      } else {
        request.arg(argument.toString());
      }
    }
    String expected = asked.expected.get();
    return request.arg(sure ? expected + "!" : expected);
  }
}
