package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the leader of an upstream writes down. */
final class NoteCalls {
  private final RedisLink link;
  private final LongSupplier offset;

  NoteCalls(RedisLink link, LongSupplier offset) {
    this.link = link;
    this.offset = offset;
  }

  Future<Note> note(Lease lease, String heading, @Nullable String text) {
    Note.check(heading, text);
    ScriptArguments ask =
        new ScriptArguments(
                List.of(QueueKeys.pool(lease.upstream()), QueueKeys.notes(lease.upstream())))
            .with(offset.getAsLong(), lease.fence(), heading)
            .with(text == null ? 0 : 1, text == null ? "" : text);
    return link.run(Scripts.NOTE, ask.keys(), ask.arguments())
        .map(r -> new Note(r.word(3), r.number(2), r.number(1)));
  }
}
