package dev.usher.provision.kubernetes;

import dev.usher.provision.Scaling;
import io.vertx.core.json.JsonObject;
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

  /** A limit by the name that the object has for it. */
  record Limit(String name, int value) {
    static Limit in(JsonObject spec, String name, int byDefault) {
      return new Limit(name, spec.getInteger(name, byDefault));
    }
  }

  /** Says so if it may not go as far as Usher may ask it to. */
  void limits(Scaling scaling, Limit least, Limit most) {
    if (scaling.max() != Scaling.UNBOUNDED && most.value() < scaling.max()) {
      wrong(
          "%s must be at least scaling.max, %d, but was %d",
          most.name(), scaling.max(), most.value());
    }
    if (least.value() >= most.value()) {
      wrong("%s must be above %s but was %d", most.name(), least.name(), most.value());
    }
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
