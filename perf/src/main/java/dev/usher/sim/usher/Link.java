package dev.usher.sim.usher;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How a replica's requests get to the store, and the answers back. */
interface Link {
  /** Asks for a visitor. */
  <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question);

  /** Asks for one of the replica's loops. */
  <T> CompletionStage<T> signal(Supplier<CompletionStage<T>> question);
}
