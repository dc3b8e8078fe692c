package dev.usher.store.redis.link;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with one way to the store, said once a change. */
final class Troubles {
  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  /** What is wrong whatever is asked. A script may also fail alone, while others work. */
  private static final String CONNECTION = "connect";

  /** Keys named in the log: enough to find a wrong one, and a line that can be read. */
  private static final int KEYS_SHOWN = 8;

  private final String store;
  private final Map<String, StoreTrouble.Kind> present = new TreeMap<>();

  Troubles(String store) {
    this.store = store;
  }

  /** No connection could be made, or it was lost. */
  void failed(StoreTrouble trouble) {
    failed(CONNECTION, List.of(), trouble);
  }

  void failed(Script script, List<String> keys, StoreTrouble trouble) {
    failed(trouble.kind().isOfTheConnection() ? CONNECTION : script.name(), keys, trouble);
  }

  private void failed(String what, List<String> keys, StoreTrouble trouble) {
    boolean known = present.containsValue(trouble.kind());
    present.put(what, trouble.kind());
    if (!known) {
      var line =
          log.atWarn()
              .addKeyValue("store", store)
              .addKeyValue("kind", trouble.kind().name().toLowerCase(java.util.Locale.ROOT))
              .addKeyValue("script", what)
              .addKeyValue("cause", trouble.said())
              .addKeyValue("fix", trouble.fix());
      if (trouble.kind() == StoreTrouble.Kind.WRONG_TYPE) {
        // Redis does not say which of them it is.
        line = line.addKeyValue("keys", keys.subList(0, Math.min(keys.size(), KEYS_SHOWN)));
      }
      line.log("store_unavailable");
    }
  }

  void worked(Script script) {
    if (present.isEmpty()) {
      return;
    }
    present.remove(CONNECTION);
    present.remove(script.name());
    if (present.isEmpty()) {
      log.atInfo().addKeyValue("store", store).log("store_back");
    }
  }
}
