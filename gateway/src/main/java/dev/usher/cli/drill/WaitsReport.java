package dev.usher.cli.drill;

import dev.usher.forecast.KeptWaits;
import dev.usher.forecast.KeptWaits.Kept;
import dev.usher.words.EnumWords;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What came of the waits that the visitors of a drill were told of. */
final class WaitsReport {
  private WaitsReport() {}

  /** The lines of a table; none if no wait was told. */
  static List<String> lines(KeptWaits waits) {
    if (waits.all().isEmpty()) {
      return List.of();
    }
    String head =
        String.format(
            Locale.ROOT,
            "  %-22s %12s %10s %10s %10s %10s",
            "waits told",
            "count",
            "held %",
            "sooner %",
            "halved %",
            "width %");
    Stream<String> rows =
        waits.all().entrySet().stream()
            .map(each -> line(EnumWords.spoken(each.getKey()), each.getValue()));
    String foot =
        String.format(
            Locale.ROOT,
            "  told after %.1f s on average; %,d came in who were told nothing",
            waits.toldAfter(),
            waits.untold());
    return Stream.of(Stream.of("", head), rows, Stream.of(foot)).flatMap(each -> each).toList();
  }

  private static String line(String when, Kept kept) {
    return String.format(
        Locale.ROOT,
        "  %-22s %,12d %,10.1f %,10.1f %,10.1f %,10.1f",
        when,
        kept.count(),
        100 * kept.held(),
        100 * kept.tooLong(),
        100 * kept.halved(),
        100 * kept.width());
  }

  /** The same for programs. */
  static JsonObject json(KeptWaits waits) {
    JsonObject json =
        new JsonObject().put("untold", waits.untold()).put("toldAfterSeconds", waits.toldAfter());
    waits
        .all()
        .forEach(
            (when, kept) ->
                json.put(
                    EnumWords.lower(when),
                    new JsonObject()
                        .put("count", kept.count())
                        .put("held", kept.held())
                        .put("tooLong", kept.tooLong())
                        .put("halved", kept.halved())
                        .put("width", kept.width())));
    return json;
  }
}
