package dev.usher.pods.roster;

import dev.usher.pods.PodView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How one pod has answered this replica lately, worked out at the ticks. Under the roster's lock.
 */
final class RecentAnswers {
  private static final long STEP_MILLIS = 2000;
  private static final long WINDOW_MILLIS = 20_000;

  private final PodCount count;
  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long now, PodView.Answers answers) {}

  RecentAnswers(PodCount count) {
    this.count = count;
  }

  /** Takes in another tick. */
  void see(long now) {
    if (!marks.isEmpty() && now - marks.getLast().now() < STEP_MILLIS) {
      return;
    }
    marks.addLast(new Mark(now, count.all()));
    while (marks.size() > 1 && marks.getFirst().now() < now - WINDOW_MILLIS) {
      marks.removeFirst();
    }
  }

  /** Forgets everything: the pod was restarted, and what it was before is another pod's. */
  void forget() {
    marks.clear();
  }

  PodView.Answers answers() {
    return marks.isEmpty() ? PodView.Answers.NONE : count.all().since(marks.getFirst().answers());
  }
}
