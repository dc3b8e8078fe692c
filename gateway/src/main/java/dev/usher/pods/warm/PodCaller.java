package dev.usher.pods.warm;

import dev.usher.pods.Pod;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What asks a pod for a page. */
public interface PodCaller {
  /** Asks for it by a safe GET. Never fails; every call ends within some seconds. */
  CompletionStage<Answer> call(Pod pod, String path);

  /**
   * How a call ended.
   *
   * @param connected whether the pod accepted the connection; one that does not is not running
   * @param micros time to the first byte, in microseconds
   * @param trouble what was wrong with the answer, in words for people; null if it was good
   */
  record Answer(boolean connected, long micros, @Nullable String trouble) {}
}
