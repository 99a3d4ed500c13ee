package dev.millrace.models.examples;

import java.util.SplittableRandom;

/** Random orders. */
final class Shuffle {
  private Shuffle() {}

  /** The numbers from 0 to {@code size - 1}, every order equally likely. */
  static int[] permutation(int size, SplittableRandom random) {
    int[] permutation = new int[size];
    // Fisher and Yates, inside out.
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
