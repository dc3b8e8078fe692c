package dev.usher.store;

import java.util.List;

/**
 * What became of visitors who stand by.
 *
 * @param epoch the queue's epoch
 * @param lane the lane
 * @param numbers of each visitor the number given, 0 while there is none yet
 */
public record Enlisted(long epoch, int lane, List<Long> numbers) {}
