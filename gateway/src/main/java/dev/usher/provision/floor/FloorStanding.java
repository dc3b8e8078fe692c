package dev.usher.provision.floor;

/** How a floor stands. Its name in lower case is what is shown. */
enum FloorStanding {
  /** There are as many pods as wanted without Usher's doing. */
  ENOUGH,
  /** More are wanted, and those that were asked for another way may still come. */
  PATIENT,
  /** It was tried what would be done, and nothing was. */
  TRIED,
  /** It is as high as wanted. */
  RAISED,
  /** It goes down, a tenth a minute. */
  LOWERING,
  /** Values and ownership of the fields go back. */
  GIVING_BACK,
  /** It is as high as the object's own limit lets it be, and more are wanted. */
  AT_LIMIT,
  /** Somebody wrote another value meanwhile, which stands. */
  CHANGED_BY_OTHERS,
  /** Somebody put the old value back again and again, so Usher stopped. */
  PUT_BACK_AGAIN,
  /** Another Usher has raised it. */
  OF_ANOTHER,
  /** Another upstream of this Usher, with the same pods, has raised it, and is to lower it. */
  SHARED,
  /** A later leader has been here. */
  OUTRUN,
  /** Its annotation cannot be read. */
  NOTE_UNREADABLE,
  /** Usher owns its floor, but the annotation that says what it was is gone. */
  NOTE_LOST,
  /** Nothing is there that says how many pods there are. */
  NO_OWNER,
  /** The API refused what was to be done. */
  REFUSED,
  /** It was written, but no more pods are asked for. */
  WITHOUT_EFFECT;

  /** Whether a person should know. */
  boolean isTrouble() {
    return switch (this) {
      case ENOUGH, PATIENT, TRIED, RAISED, LOWERING, GIVING_BACK, OUTRUN -> false;
      default -> true;
    };
  }
}
