package dev.usher.store.redis;

import dev.usher.store.redis.link.RedisLink;
import dev.usher.store.redis.link.ScriptReply;
import dev.usher.store.upstream.LiveChange;
import dev.usher.store.upstream.LiveSet;
import dev.usher.store.upstream.LiveState;
import dev.usher.store.upstream.LiveStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What operators set for the rooms of an upstream. */
final class LiveCalls {
  private final RedisLink link;
  private final LongSupplier offset;

  LiveCalls(RedisLink link, LongSupplier offset) {
    this.link = link;
    this.offset = offset;
  }

  Future<List<LiveState>> live(String upstream, List<LiveState> known) {
    ScriptArguments ask =
        about(upstream, known)
            .with("offset", offset.getAsLong())
            .with("sets", 0)
            .with("entry", "")
            .with("calls", 0);
    return run(ask, known).map(r -> told(r, known));
  }

  Future<LiveSet> set(String upstream, LiveChange change) {
    List<LiveState> one = List.of(change.wanted());
    ScriptArguments ask =
        about(upstream, one)
            .with("offset", offset.getAsLong())
            .with("sets", 1)
            .with("entry", change.entry())
            .with("calls", change.call());
    return run(ask, one).map(r -> new LiveSet(r.word(1).equals("1"), told(r, one).get(0)));
  }

  Future<Void> record(String upstream, LiveStore.Annals annals, String entry) {
    LiveStore.checkEntry(entry);
    return askRecord(upstream, annals, entry).mapEmpty();
  }

  private Future<ScriptReply> askRecord(String upstream, LiveStore.Annals annals, String entry) {
    return new ScriptArguments(Scripts.RECORD)
        .key("record", QueueKeys.record(upstream, annals))
        .with("offset", offset.getAsLong())
        .with("entry", entry)
        .ask(link);
  }

  Future<List<String>> recorded(String upstream, LiveStore.Annals annals) {
    return askRecord(upstream, annals, "")
        .map(
            r -> {
              ScriptReply lines = r.list(1);
              List<String> all = new ArrayList<>();
              for (int i = 0; i < lines.size(); i++) {
                all.add(lines.word(i));
              }
              return all;
            });
  }

  private static ScriptArguments about(String upstream, List<LiveState> rooms) {
    ScriptArguments ask =
        new ScriptArguments(Scripts.LIVE)
            .key("live", QueueKeys.live(upstream))
            .key("record", QueueKeys.record(upstream, LiveStore.Annals.CHANGES));
    rooms.forEach(each -> ask.key("room_state", QueueKeys.state(upstream, each.room())));
    return ask;
  }

  private Future<ScriptReply> run(ScriptArguments ask, List<LiveState> rooms) {
    rooms.forEach(
        each -> ask.with("room", each.room()).with("known", each.at()).with("words", each.words()));
    return ask.ask(link);
  }

  private static List<LiveState> told(ScriptReply r, List<LiveState> rooms) {
    List<LiveState> told = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      told.add(LiveState.of(rooms.get(i).room(), r.number(2 + 2 * i), r.word(3 + 2 * i)));
    }
    return told;
  }
}
