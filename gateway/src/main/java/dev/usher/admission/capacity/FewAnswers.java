package dev.usher.admission.capacity;

import dev.usher.admission.Traffic;

/**
 * The evidence of fewer answers than a window needs: those of a small house, or of people inside
 * who ask for little. Without it, what was cut there would stay cut forever.
 */
final class FewAnswers {
  private final AnswerWindow answers;
  private final Slowness slowness;

  FewAnswers(AnswerWindow answers, Slowness slowness) {
    this.answers = answers;
    this.slowness = slowness;
  }

  /** How much they tell, as a part of enough answers: 0 without any, 1 with enough. */
  double weight() {
    AnswerWindow.Window all = answers.all();
    return all == null ? 0 : all.weight();
  }

  /**
   * The part of a step upwards that they allow: a few timely answers say a little, and one failure
   * says no.
   *
   * @param beyond see {@link Slowness#isFar}
   */
  double allow(Traffic traffic, boolean beyond) {
    AnswerWindow.Window all = answers.all();
    // Few answers may also mean that the pods hang: then more requests are waited for than were
    // answered.
    return all != null && traffic.inFlight() <= all.answers() && slowness.isFar(all, beyond)
        ? all.weight()
        : 0;
  }
}
