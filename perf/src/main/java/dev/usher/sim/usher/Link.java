package dev.usher.sim.usher;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How what a replica asks gets to the store, and the answer back. */
interface Link {
  /** Asks for a visitor. */
  <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question);

  /** Asks for one of the replica's loops. */
  <T> CompletionStage<T> signal(Supplier<CompletionStage<T>> question);
}
