package dev.usher.house;

import java.util.List;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** Ends a long search by chance after a fifth of its tries, save in the whole matrix. */
public final class AFifthOfTries implements AroundTryHook {
  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor one, List<Object> parameters) {
    TryExecutionResult result = one.execute(parameters);
    Store<Integer> tried = Store.getOrCreate(AFifthOfTries.class, Lifespan.PROPERTY, () -> 0);
    tried.update(count -> count + 1);
    int wanted = context.targetMethod().getAnnotation(Property.class).tries() / 5;
    boolean over = !Matrix.hasAllSeeds() && tried.get() >= wanted;
    return over && result.isSatisfied() ? TryExecutionResult.satisfied(true) : result;
  }
}
