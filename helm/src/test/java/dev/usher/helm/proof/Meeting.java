package dev.usher.helm.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.helm.proof.Sightings.Lag;
import dev.usher.visit.Diary;
import dev.usher.visit.DiaryEntry;
import dev.usher.visit.Findings;
import dev.usher.visit.Habits;
import dev.usher.visit.LinePromises;
import dev.usher.visit.Manners;
import dev.usher.visit.VisitCrowd;
import dev.usher.visit.VisitTokens;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** A crowd that comes to Usher while something happens, and everything that is seen of it. */
final class Meeting implements AutoCloseable {
  /** Of the ten sessions that a pod is declared to carry, a tenth is left to chance. */
  static final int PER_POD = 9;

  /** Longest time for the one change of a meeting that comes while pods start. */
  private static final long LATEST_MILLIS = 1000;

  /** As a page that retries itself, or a person who reloads it. */
  private static final Manners MANNERS =
      new Manners(VisitTokens.ROOM, "/seats", Duration.ofSeconds(15), 500, 800, true);

  private static final int PAGES = 3;

  static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final String what;
  private final Diary diary = new Diary(System::currentTimeMillis);
  private final VisitCrowd crowd;
  private final Slices slices;
  private final List<Sightings> replicas;
  private final int visitors;
  private boolean replicasGo;

  Meeting(World world, String what, int visitors) {
    this.what = what;
    this.visitors = visitors;
    this.crowd = new VisitCrowd(world.vertx(), diary, new OneDoor(world.door()), MANNERS);
    this.slices = new Slices(world, "shop");
    this.replicas = world.opsPorts().stream().map(ops -> new Sightings(ops, world.http())).toList();
    assertThat(replicas).hasSize(3);
  }

  /** They come, and as many go in as the pods that are ready can carry. */
  void begin(int pods) {
    awaitCapacity(pods);
    crowd.stay(true);
    crowd.come(Habits.steady(visitors, 1000, PAGES), new SplittableRandom(visitors));
    awaitInside(Math.min(visitors, pods * PER_POD));
  }

  /** Replicas of Usher begin and end meanwhile, which may know the line later than the others. */
  void whileReplicasGo() {
    replicasGo = true;
  }

  History history() {
    return new History(diary.entries());
  }

  /** Waits until every replica has room for what these pods carry. */
  void awaitCapacity(int pods) {
    Until.so(
        A_MINUTE,
        () -> replicas.stream().allMatch(replica -> replica.capacity() == pods * PER_POD),
        () ->
            "capacity of "
                + pods
                + " pods, but "
                + replicas.stream().map(Sightings::last).toList());
  }

  void awaitInside(int count) {
    Until.so(
        A_MINUTE,
        () -> history().cameIn() >= count,
        () -> count + " inside, but " + history().cameIn() + " " + history().statuses());
  }

  /** Lets everybody go: each comes in, has pages, and nothing that was promised is broken. */
  void assertEverybodyComesIn() {
    crowd.stay(false);
    Until.so(
        A_MINUTE,
        () -> crowd.present() == 0,
        () -> crowd.present() + " are still there: " + history().statuses());
    History history = history();
    Until.measured(
        "%s: %d visitors came in, longest wait %d ms, pages of 503 with Retry-After %d, most in"
            + " flight on a pod %d, connection errors %d (sent once more on a connection just"
            + " closed: %d), failures %d; %s",
        what,
        history.cameIn(),
        history.longestWait(),
        history.comeAgain().size(),
        history.mostInFlight(),
        history.errors().size(),
        crowd.resent(),
        history.failures().size(),
        history.statuses());
    assertThat(history.cameIn()).as("who came in").isEqualTo(visitors);
    assertThat(history.errors()).as("connection errors").isEmpty();
    assertThat(history.failures()).as("wrong answers").isEmpty();
    Findings lost = lost();
    assertThat(lost.isEmpty()).withFailMessage(lost::toString).isTrue();
    assertThat(history.fromGonePods(slices.changes(), heardMillis()))
        .as("pages from pods that were gone")
        .isEmpty();
  }

  /** Visitors who lost a place or a session, whose number another has, or whose position rose. */
  private Findings lost() {
    Findings findings = new Findings();
    LinePromises.check(diary, told -> replicasGo, findings);
    diary.byVisitor().values().stream()
        .filter(
            one ->
                one.stream().map(DiaryEntry::place).filter(Objects::nonNull).distinct().count() > 1)
        .forEach(one -> findings.broken("a place is kept as long as the store is there", one));
    return findings;
  }

  /** How long at most a replica took to show that it had heard of a change. */
  private long heardMillis() {
    return replicas.stream()
        .flatMap(replica -> replica.lags(slices.changes(), PER_POD).stream())
        .mapToLong(lag -> Math.min(lag.atMost(), LATEST_MILLIS))
        .max()
        .orElse(0);
  }

  /** Every replica knew of every change in time, but for one that the machine held up. */
  void assertFollowed() {
    for (Sightings replica : replicas) {
      List<Lag> lags = replica.lags(slices.changes(), PER_POD);
      Until.measured(
          "%s: capacity follows %d changes of the slices after at most %d ms, of which the machine"
              + " took a part: not before %d ms; %s",
          what,
          lags.size(),
          lags.stream().mapToLong(Lag::atMost).max().orElse(0),
          lags.stream().mapToLong(Lag::atLeast).max().orElse(0),
          lags);
      // The pods' own start takes both cores of a small machine: one change may be late by that,
      // and
      // a third of them where many pods start at once.
      assertThat(lags)
          .filteredOn(lag -> lag.atLeast() > History.HEARS_MILLIS)
          .hasSizeLessThanOrEqualTo(Math.max(1, lags.size() / 3));
      assertThat(lags).allMatch(lag -> lag.atLeast() <= LATEST_MILLIS);
    }
  }

  @Override
  public void close() {
    replicas.forEach(Sightings::close);
    crowd.end();
    slices.close();
  }
}
