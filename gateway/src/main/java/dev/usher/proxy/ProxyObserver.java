package dev.usher.proxy;

import dev.usher.proxy.connection.ProxyError;
import org.jspecify.annotations.Nullable;

/** Hears how proxied requests went. Called on event loops: must be quick and safe for threads. */
public interface ProxyObserver {
  /** Nobody listens. */
  ProxyObserver NONE =
      new ProxyObserver() {
        @Override
        public void finished(int status, long nanos, @Nullable ProxyError error) {}

        @Override
        public void retried(ProxyError error) {}

        @Override
        public void addressCarriesMuch() {}
      };

  /**
   * A request is over; told once for each.
   *
   * @param status as the visitor saw it; 499 when they left before
   * @param nanos from the request's head to the end of its answer
   * @param error what went wrong, null when a pod answered whole
   */
  void finished(int status, long nanos, @Nullable ProxyError error);

  /** A request is tried once more because of this error. */
  void retried(ProxyError error);

  /** One address that is not listed carried more than a third of the requests of a minute. */
  void addressCarriesMuch();
}
