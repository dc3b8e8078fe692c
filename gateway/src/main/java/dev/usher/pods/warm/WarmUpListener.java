package dev.usher.pods.warm;

import dev.usher.pods.Pod;

/** Who is told how cold pods are warmed. */
public interface WarmUpListener {
  /** The first call to a pod. */
  void begins(Pod pod);

  /**
   * The last call to a pod that is still there.
   *
   * @param how how it ended
   */
  void ends(WarmUpStory story, End how);

  /** A path that does not work, once until it does. */
  void fails(Pod pod, String path, String why);

  /** How the calls to a pod ended. */
  enum End {
    /** It is warm. */
    WARM,
    /** None of the paths works on it. */
    GIVEN_UP,
    /** Its time was over, or another replica goes on. */
    STOPPED
  }
}
