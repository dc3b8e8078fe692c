package dev.usher.cli.drill.http;

/** A complete answer, as far as a visitor looks at it. */
public interface HttpAnswer {
  ResponseHead head();

  /** The beginning of the body as text. */
  String body();
}
