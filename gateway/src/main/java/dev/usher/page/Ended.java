package dev.usher.page;

import dev.usher.words.EnumWords;

/** Why a visit ended that its visitor did not end. */
public enum Ended {
  /** Nothing was heard of the visitor for a while. */
  IDLE,
  /** It had lasted as long as one may. */
  LONG;

  /** What the visitor is told. */
  String sentence(Texts texts) {
    return texts.text(EnumWords.lower(this));
  }
}
