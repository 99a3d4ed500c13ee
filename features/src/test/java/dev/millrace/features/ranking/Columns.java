package dev.millrace.features.ranking;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Columns of codes drawn at random, and their counts. */
final class Columns {
  private Columns() {}

  /** Codes with equal chances. */
  static int[] uniform(SplittableRandom random, int rows, int cardinality) {
    return random.ints(rows, 0, cardinality).toArray();
  }

  /** Codes with chances about {@code 1 / (code + 1)}. */
  static int[] zipf(SplittableRandom random, int rows, int cardinality) {
    return random
        .doubles(rows)
        .mapToInt(draw -> (int) Math.exp(draw * Math.log(cardinality + 1)) - 1)
        .toArray();
  }

  /** Codes 0 and 1. */
  static int[] binary(SplittableRandom random, int rows, double share) {
    return random.doubles(rows).mapToInt(draw -> draw < share ? 1 : 0).toArray();
  }

  static int[] id(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  static void shuffle(int[] column, SplittableRandom random) {
    for (int row = column.length - 1; row > 0; row--) {
      int other = random.nextInt(row + 1);
      int code = column[row];
      column[row] = column[other];
      column[other] = code;
    }
  }

  static int[] reorder(int[] column, int[] order) {
    return Arrays.stream(order).map(row -> column[row]).toArray();
  }

  static CountProfile profile(int[] field, int[] label) {
    int labels = cardinality(label);
    long[] counts = counts(field, label);
    CountProfile.Builder profile = CountProfile.builder(labels);
    for (int start = 0; start < counts.length; start += labels) {
      profile.add(counts, start, 1);
    }
    return profile.build();
  }

  static IndependenceModel model(CountProfile profile) {
    return new IndependenceModel(profile.labelTotals());
  }

  /** Counts {@code [values, labels]} by code. */
  static long[] counts(int[] field, int[] label) {
    int labels = cardinality(label);
    long[] counts = new long[cardinality(field) * labels];
    for (int row = 0; row < field.length; row++) {
      counts[field[row] * labels + label[row]]++;
    }
    return counts;
  }

  static Margins margins(int[] field) {
    return Margins.ofCounts(counts(field, new int[field.length]));
  }

  static int cardinality(int[] codes) {
    int highest = -1;
    for (int code : codes) {
      highest = Math.max(highest, code);
    }
    return highest + 1;
  }
}
