package dev.usher.ops.control;

import dev.usher.http.Problem;

/** What an operator sent says nothing that could be done, or something that must not be. */
final class UnclearWishException extends Exception {
  private static final long serialVersionUID = 1;

  private final Problem problem;

  UnclearWishException(Problem problem, String detail) {
    super(detail);
    this.problem = problem;
  }

  OpsAnswer answer() {
    return OpsAnswer.of(problem, String.valueOf(getMessage()));
  }
}
