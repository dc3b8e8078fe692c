package dev.usher.faults;

import dev.usher.faults.History.Trouble;
import dev.usher.store.Place;
import dev.usher.visit.DiaryEntry;
import dev.usher.visit.Findings;
import dev.usher.visit.LinePromises;
import dev.usher.visit.PlacesTold;
import dev.usher.visit.VisitAnswer.State;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What must hold of the line while things fail, and what is excepted of it. */
final class OrderRules {
  /**
   * A replica's view of the line is up to date again this long after the replica, or its way to the
   * store, is back: what was lost is brought back for three seconds, then the line is read.
   */
  private static final long CATCH_UP_MILLIS = 3000 + LinePromises.REFRESH_MILLIS;

  /** Whoever waits asks at least this often. */
  private static final long ASKS_MILLIS = 3500;

  private final History history;
  private final Findings findings;

  private OrderRules(History history, Findings findings) {
    this.history = history;
    this.findings = findings;
  }

  static void check(History history, int places, Findings findings) {
    OrderRules rules = new OrderRules(history, findings);
    LinePromises.check(history.diary(), rules::isBlind, findings);
    PlacesTold.check(history.diary(), rules::isUnsure, findings);
    rules.whoAsksIsNotOvertaken(places);
  }

  private boolean isBlind(DiaryEntry each) {
    return history.troubles().stream()
        .anyMatch(
            trouble ->
                trouble.blinds(each.door(), each.askedAt(), CATCH_UP_MILLIS)
                    || trouble.blinds(each.door(), each.answeredAt(), CATCH_UP_MILLIS));
  }

  /**
   * Whoever is kept from asking for long may be taken for gone, and is told of again only when
   * those behind have heard of fewer, which never rises.
   */
  private boolean isUnsure(DiaryEntry each) {
    return isBlind(each)
        || history.troubles().stream()
            .anyMatch(
                trouble ->
                    trouble.fault() instanceof StreetFault && each.answeredAt() >= trouble.from());
  }

  /** When somebody with a number came in. */
  private record Entry(Place place, long at, List<DiaryEntry> asked) {}

  /** After the visitors' way was cut, no more come in before an earlier one who asks than fit. */
  private void whoAsksIsNotOvertaken(int places) {
    long since =
        history.troubles().stream()
            .filter(trouble -> trouble.fault() instanceof StreetFault)
            .mapToLong(Trouble::to)
            .max()
            .orElse(Long.MAX_VALUE);
    List<Entry> entries =
        history.diary().byVisitor().values().stream()
            .flatMap(one -> entry(one).stream())
            .filter(entry -> entry.at() > since)
            .toList();
    long most = 0;
    for (Entry one : entries) {
      most = Math.max(most, entries.stream().filter(other -> overtakes(other, one)).count());
    }
    if (most > places) {
      findings.broken("who asks is not overtaken by more than there are places", most);
    }
    findings.measured(String.format("overtaken at most by %d, of %d", most, entries.size()));
  }

  private static Optional<Entry> entry(List<DiaryEntry> one) {
    return one.stream()
        .filter(each -> each.is(State.ADMITTED) && each.place() != null)
        .findFirst()
        .map(each -> new Entry(Objects.requireNonNull(each.place()), each.answeredAt(), one));
  }

  private static boolean overtakes(Entry other, Entry one) {
    return other.place().epoch() == one.place().epoch()
        && other.place().number() > one.place().number()
        && other.at() < one.at()
        && one.asked().stream()
            .anyMatch(
                each ->
                    !each.is(State.SILENCE)
                        && each.answeredAt() <= other.at() - LinePromises.REFRESH_MILLIS
                        && each.answeredAt() > other.at() - ASKS_MILLIS);
  }
}
