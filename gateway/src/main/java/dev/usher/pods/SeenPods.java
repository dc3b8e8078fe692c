package dev.usher.pods;

import dev.usher.admission.PodSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pods at a tick.
 *
 * @param pods each of them
 * @param silence milliseconds since anything was heard of them, 0 while nothing is overdue
 * @param doubted whether what was heard of them is not believed
 * @param template the version of most of them; null if none is known
 */
public record SeenPods(
    List<PodSample> pods, long silence, boolean doubted, @Nullable String template) {}
