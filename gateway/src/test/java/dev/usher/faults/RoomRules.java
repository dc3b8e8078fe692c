package dev.usher.faults;

import dev.usher.faults.History.Trouble;
import dev.usher.faults.History.Use;
import dev.usher.visit.Ask;
import dev.usher.visit.DiaryEntry;
import dev.usher.visit.Findings;
import dev.usher.visit.Habits;
import dev.usher.visit.VisitAnswer.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of those inside, of those who wait to the end, and of the pods. */
final class RoomRules {
  /** A request that was asked so long before a replica went down may not be answered. */
  private static final long UNDER_WAY_MILLIS = 3500;

  private final History history;
  private final World.Size size;
  private final Findings findings;

  private RoomRules(History history, World.Size size, Findings findings) {
    this.history = history;
    this.size = size;
    this.findings = findings;
  }

  static void check(History history, World.Size size, Findings findings) {
    RoomRules rules = new RoomRules(history, size, findings);
    rules.podsHoldNoMoreSessionsThanTheyBear();
    rules.operatorsAreDiaryEntryOfNoMoreSessionsThanPodsBear();
    rules.nobodyInsideIsInterrupted();
    history.troubles().forEach(rules::admissionsResume);
  }

  /** As pods see it: a session lives at least from its first request to the end of its last. */
  private void podsHoldNoMoreSessionsThanTheyBear() {
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Map.Entry<String, Use> use : history.uses().entrySet()) {
      if (use.getKey().equals("none")) {
        findings.broken("nobody comes in without a pass", use);
      }
      changes.merge(use.getValue().from(), 1, Integer::sum);
      changes.merge(use.getValue().to() + 1, -1, Integer::sum);
    }
    int live = 0;
    int most = 0;
    long mostAt = 0;
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      live += change.getValue();
      mostAt = live > most ? change.getKey() : mostAt;
      most = Math.max(most, live);
    }
    String seen = most + " sessions at " + mostAt + " ms, capacity " + size.capacity();
    if (most > size.capacity()) {
      findings.broken("pods never see more sessions than they bear", seen);
    }
    findings.measured(String.format("most sessions that pods saw: %s", seen));
  }

  private void operatorsAreDiaryEntryOfNoMoreSessionsThanPodsBear() {
    history.figures().stream()
        .filter(said -> said.sessions() > size.capacity())
        .forEach(said -> findings.broken("no replica counts more sessions than fit", said));
  }

  /** By nothing but a replica that is gone, and then another answers. */
  private void nobodyInsideIsInterrupted() {
    int silences = 0;
    int answers = 0;
    for (DiaryEntry each : history.diary().entries()) {
      if (each.ask() != Ask.BROWSE) {
        continue;
      }
      answers++;
      if (each.is(State.SILENCE)) {
        silences++;
        if (!isDown(each)) {
          findings.broken("a running replica answers who is inside", each);
        }
      } else if (each.answer().status() != 200 && !ranOutWhileCutOff(each)) {
        findings.broken("nobody inside is interrupted", each);
      }
    }
    findings.measured(
        String.format(
            "requests of admitted visitors: %d, of which %d asked a replica that was gone",
            answers, silences));
  }

  /** The configuration has sessions end after so long without a request, whoever is to blame. */
  private boolean ranOutWhileCutOff(DiaryEntry each) {
    return history.troubles().stream()
        .filter(trouble -> trouble.fault() instanceof StreetFault)
        .anyMatch(
            trouble ->
                trouble.to() - trouble.from() > World.SESSION_MILLIS
                    && each.askedAt() >= trouble.from() + World.SESSION_MILLIS);
  }

  private boolean isDown(DiaryEntry each) {
    return history.troubles().stream()
        .anyMatch(
            trouble ->
                trouble.downs(each.door(), each.askedAt(), UNDER_WAY_MILLIS)
                    || trouble.downs(each.door(), each.answeredAt(), UNDER_WAY_MILLIS));
  }

  private void admissionsResume(Trouble trouble) {
    long within = trouble.fault().resumesWithinMillis() + othersTake(trouble);
    // The store must be back first; one replica of several need not.
    boolean away = trouble.harm().blind().size() == size.clockOffsets().size();
    long since = away ? trouble.to() : trouble.from();
    long until = trouble.to() + within;
    List<Long> moments = new ArrayList<>(List.of(since));
    history.diary().admissions().stream()
        .filter(at -> at > since && at <= until)
        .forEach(moments::add);
    moments.add(Math.min(until, lastWaiting(since)));
    long pause = 0;
    long first = moments.size() > 1 ? moments.get(1) - since : 0;
    for (int i = 1; i < moments.size(); i++) {
      pause = Math.max(pause, moments.get(i) - moments.get(i - 1));
    }
    long measured = away ? first : pause;
    String text =
        String.format(
            "%s from %.1f s to %.1f s: %s %.1f s (at most %.1f s)",
            trouble.fault().title(),
            trouble.from() / 1000.0,
            trouble.to() / 1000.0,
            away ? "first admission after it was over" : "longest pause",
            measured / 1000.0,
            within / 1000.0);
    if (measured >= within) {
      findings.broken("admissions resume", text);
    }
    findings.measured(text);
  }

  /** What else goes wrong meanwhile has its own time to come right. */
  private long othersTake(Trouble trouble) {
    long over = trouble.to() + trouble.fault().resumesWithinMillis();
    return history.troubles().stream()
        .filter(other -> !other.equals(trouble) && other.from() <= over)
        .filter(other -> other.to() + other.fault().resumesWithinMillis() >= trouble.from())
        .mapToLong(other -> other.to() - other.from() + other.fault().resumesWithinMillis())
        .sum();
  }

  /** When somebody was last told to wait: afterwards there was nobody to admit. */
  private long lastWaiting(long since) {
    return history.diary().entries().stream()
        .filter(each -> each.is(State.WAITING))
        .mapToLong(DiaryEntry::answeredAt)
        .reduce(since, Math::max);
  }

  /** Everyone who keeps asking comes in at last. */
  static void checkAllCameIn(History history, List<Habits> all, Findings findings) {
    Set<Integer> inside = new HashSet<>();
    Map<Integer, DiaryEntry> last = new TreeMap<>();
    for (DiaryEntry each : history.diary().entries()) {
      last.put(each.visitor(), each);
      if (each.is(State.ADMITTED)) {
        inside.add(each.visitor());
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isPatient() && !inside.contains(i)) {
        findings.broken("everyone who stays comes in", "visitor " + i + ", last: " + last.get(i));
      }
    }
    findings.measured(String.format("visitors: %d, admitted: %d", all.size(), inside.size()));
  }
}
