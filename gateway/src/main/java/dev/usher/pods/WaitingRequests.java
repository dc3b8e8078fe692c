package dev.usher.pods;

/** The requests that wait for a slot on a pod of one upstream. */
public interface WaitingRequests {
  /** Before there is anything that could wait. */
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

  /** Gives them the slots that have come free, when pods came or may be given more. */
  void serve();

  /** How many wait. */
  int holding();

  /** What it comes to that sessions stay with their pods. */
  StickyView sticky();
}
