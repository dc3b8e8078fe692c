package dev.usher.sim.scenario;

/** Counts the pairs of a sequence that are in the wrong order. */
final class Inversions {
  private Inversions() {}

  /** By merge sort, which sorts the sequence. */
  static double of(int[] numbers) {
    return count(numbers, new int[numbers.length], 0, numbers.length);
  }

  private static double count(int[] numbers, int[] space, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    double count = count(numbers, space, from, middle) + count(numbers, space, middle, to);
    System.arraycopy(numbers, from, space, from, to - from);
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      if (left < middle && (right >= to || space[left] <= space[right])) {
        numbers[at] = space[left++];
      } else {
        count += middle - left;
        numbers[at] = space[right++];
      }
    }
    return count;
  }
}
