package dev.usher.provision.floor;

import dev.usher.provision.floor.FloorNews.Trouble;
import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/** What is said of a floor that does not stand as it should, and what to do. */
final class FloorTrouble {
  private FloorTrouble() {}

  /** Null if there is none. */
  static @Nullable Trouble of(FloorStanding standing, Live live, Wanted wanted) {
    String min = live.fields().min();
    return switch (standing) {
      case AT_LIMIT ->
          new Trouble(
              "%s must be at least %d, for so many pods are wanted, but was %d"
                  .formatted(live.fields().max(), wanted.pods(), live.limit()),
              "raise it, or set upstreams.NAME.scaling.max: up to that Usher raises it as well, and"
                  + " gives it back");
      case CHANGED_BY_OTHERS ->
          new Trouble(
              "%s was %s when Usher raised it, and somebody wrote %s since, which stands"
                  .formatted(min, was(live), live.min()),
              "nothing, if that was meant; Usher goes on when no more pods are wanted than were"
                  + " there before");
      case PUT_BACK_AGAIN -> fight(live);
      case OF_ANOTHER ->
          new Trouble(
              "Another Usher has raised it, as its annotation " + Live.NOTE + " says",
              "let one Usher alone follow this service");
      case SHARED -> shared(live);
      case NOTE_UNREADABLE ->
          new Trouble(
              "Its annotation " + Live.NOTE + " cannot be read, so what it was is unknown",
              "set " + min + " to what it should be, and take the annotation away");
      case NOTE_LOST ->
          new Trouble(
              "Usher has raised it, but its annotation "
                  + Live.NOTE
                  + " is gone: what it was is"
                  + " unknown",
              "set %s to what should be there, by kubectl edit or your own apply"
                      .formatted(String.join(" and ", live.ushers()))
                  + ", which makes it yours");
      default -> null;
    };
  }

  private static Trouble shared(Live live) {
    FloorNote note = live.note();
    String other = note == null ? "another" : note.by().upstream();
    return new Trouble(
        "Upstream %s of this Usher has raised it: both have the same pods, and each counts all of"
                .formatted(other)
            + " them as its own, so there are as many as one of them wants, not both",
        "make them one upstream with a room for each, or set scaling.floor: off for one of them;"
            + " nothing, if %s is what this one was called before".formatted(other));
  }

  private static @Nullable Integer was(Live live) {
    FloorNote note = live.note();
    return note == null ? null : note.was().min();
  }

  /** Who puts the old value back, and the words that let it skip the field. */
  private static Trouble fight(Live live) {
    FloorNote note = live.note();
    String rival = note == null || note.rival().isEmpty() ? "somebody" : note.rival();
    return new Trouble(
        "%s put %s back to %s more than twice within five minutes, so Usher writes no more"
            .formatted(rival, live.fields().min(), was(live)),
        snippet(rival, live));
  }

  private static String snippet(String rival, Live live) {
    String path = "/spec/" + live.fields().min();
    if (rival.contains("argocd")) {
      return "in the Application: spec.ignoreDifferences: [{group: %s, kind: %s, name: %s,"
              .formatted(group(live), live.kind(), live.meta("name"))
          + " managedFieldsManagers: [usher]}], and spec.syncPolicy.syncOptions:"
          + " [RespectIgnoreDifferences=true]";
    }
    if (rival.contains("kustomize-controller")) {
      // A patch that takes the field out of what is applied would unset it: nobody else owns it.
      return "in the Kustomization, from Flux 2.9 on: spec.ignore: [{target: {kind: %s, name: %s},"
              .formatted(live.kind(), live.meta("name"))
          + " paths: [%s]}]; before, the annotation".formatted(path)
          + " kustomize.toolkit.fluxcd.io/reconcile: disabled on the object, for the sale";
    }
    return "leave "
        + path.substring(1).replace('/', '.')
        + " out of what "
        + rival
        + " applies, or stop it for the sale; or set scaling.floor: off";
  }

  private static String group(Live live) {
    String version = live.object().getString("apiVersion", "");
    return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
  }

  /** The names of those who own the floor besides Usher, for the log. */
  static String owners(Live live) {
    JsonArray managed = live.managedFields();
    return Ownership.names(managed, live.fields().min());
  }
}
