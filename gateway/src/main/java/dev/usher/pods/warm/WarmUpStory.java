package dev.usher.pods.warm;

import dev.usher.pods.Pod;

/**
 * What calling a pod has come to.
 *
 * @param pod the pod
 * @param answers calls that it answered
 * @param millis how long it has been called
 * @param firstMicros 90th percentile of its first answers; 0 while unknown
 * @param lastMicros the same of its last answers
 */
public record WarmUpStory(Pod pod, long answers, long millis, long firstMicros, long lastMicros) {}
