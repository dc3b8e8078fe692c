package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.upstream.Lease;
import dev.usher.store.upstream.Note;
import io.vertx.core.Future;
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
    return new ScriptArguments(Scripts.NOTE)
        .key("pool", QueueKeys.pool(lease.upstream()))
        .key("notes", QueueKeys.notes(lease.upstream()))
        .with("offset", offset.getAsLong())
        .with("fence", lease.fence())
        .with("heading", heading)
        .with("writes", text == null ? 0 : 1)
        .with("text_to_write", text == null ? "" : text)
        .ask(link)
        .map(r -> new Note(r.word(3), r.number(2), r.number(1)));
  }
}
