package dev.usher.edge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.page.PlaceEvent;
import dev.usher.page.Standing;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When what one stream sends counts as unread. */
final class PlaceStreamTest {
  /** What was sent, in order: each completes when the reader's system takes it. */
  private final List<Promise<Void>> sent = new ArrayList<>();

  private final HttpServerResponse response =
      pretended(
          HttpServerResponse.class,
          (self, method, arguments) -> {
            Promise<Void> taken = Promise.promise();
            sent.add(taken);
            return taken.future();
          });
  private final HttpServerRequest request =
      pretended(HttpServerRequest.class, (self, method, arguments) -> response);

  private final PlaceStream stream =
      new PlaceStream(request, new Waiting(), new Standing(Standing.State.WAITING, 3, 0), 600_000);

  private static <T> T pretended(Class<T> type, InvocationHandler does) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, does));
  }

  private static final class Waiting implements Onlooker {
    @Override
    public int ticket() {
      return 1;
    }

    @Override
    public @Nullable Standing look(long now) {
      return null;
    }

    @Override
    public byte[] tell(PlaceEvent what, Standing standing) {
      return new byte[9];
    }
  }

  @Test
  void whoTakesWhatCameBeforeTheEndMustTakeTheEndTooInTime() {
    stream.begin(Buffer.buffer(), 0);
    var unused = stream.end(Buffer.buffer(), 5000);
    sent.get(0).complete();
    assertThat(stream.isStuck(14_999)).isFalse();
    assertThat(stream.isStuck(15_000)).isTrue();
  }

  @Test
  void whoTakesNothingIsStuckAndWhoTakesAllIsNot() {
    stream.begin(Buffer.buffer(), 0);
    assertThat(stream.isStuck(9_999)).isFalse();
    assertThat(stream.isStuck(10_000)).isTrue();
    sent.get(0).complete();
    assertThat(stream.isStuck(10_000)).isFalse();
  }
}
