package dev.usher.proxy;

import dev.usher.proxy.connection.ProxyError;
import org.jspecify.annotations.Nullable;

/** An observer of proxied requests. Called on event loops: must be quick and thread-safe. */
public interface ProxyObserver {
  /** An observer that ignores everything. */
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
   * A request is over; called once for each.
   *
   * @param status the status as the visitor saw it; 499 if they left before
   * @param nanos nanoseconds from the request's head to the end of its answer
   * @param error what went wrong; null if a pod answered completely
   */
  void finished(int status, long nanos, @Nullable ProxyError error);

  /** A request is retried because of this error. */
  void retried(ProxyError error);

  /** One address that is not listed sent more than a third of the requests of a minute. */
  void addressCarriesMuch();
}
