package dev.usher.provision.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is to be said of one object: what is wrong with it, and what is merely to be known. */
final class ScalerVerdict {
  private final String object;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param object which one, for people
   */
  ScalerVerdict(String object) {
    this.object = object;
  }

  void wrong(String words, Object... values) {
    wrong.add(said(words, values));
  }

  void note(String words, Object... values) {
    notes.add(said(words, values));
  }

  private String said(String words, Object... values) {
    return object + ": " + String.format(Locale.ROOT, words, values);
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
