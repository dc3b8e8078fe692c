package dev.usher.pods;

/** The requests that wait for a slot on a pod of one upstream. */
public interface WaitingRequests {
  /** No requests, for as long as nothing could wait. */
  WaitingRequests NOBODY =
      new WaitingRequests() {
        @Override
        public void serve() {}

        @Override
        public int holding() {
          return 0;
        }

        @Override
        public StickyView sticky() {
          return new StickyView(Sticky.OFF, 0, 0, 0);
        }
      };

  /** Gives the requests the slots that have come free because pods came or may be given more. */
  void serve();

  /** The number of requests that wait. */
  int holding();

  /** The effect of sessions' staying with their pods. */
  StickyView sticky();
}
