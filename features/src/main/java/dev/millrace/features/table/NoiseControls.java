package dev.millrace.features.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Fields of pure noise, uniform over few to many values: the yardstick for informative ones. */
final class NoiseControls {
  /** Longest value in decimal digits, and what {@link ValueDictionary} may read past it. */
  private static final int BYTES = 5 + Long.BYTES;

  private final Map<Integer, String> nameByCardinality = new TreeMap<>();
  private final long seed;

  NoiseControls(Derivations derivations) {
    seed = derivations.seed();
    if (derivations.noiseControls()) {
      for (int cardinality : new int[] {2, 100, 2_000, 10_000, 50_000}) {
        nameByCardinality.put(cardinality, "control_" + cardinality);
      }
    }
  }

  List<String> names() {
    return List.copyOf(nameByCardinality.values());
  }

  /**
   * Draws the values of a block.
   *
   * @param firstRow number of the block's first row: with the seed it determines the draws
   * @param first index of the first control among the fields
   */
  void encode(long firstRow, int rows, List<FieldTable> fields, int first, int[][] codes) {
    int field = first;
    for (int cardinality : nameByCardinality.keySet()) {
      SplittableRandom random = new SplittableRandom((seed * 31 + cardinality) * 31 + firstRow);
      for (int row = 0; row < rows; row++) {
        byte[] value =
            Integer.toString(random.nextInt(cardinality)).getBytes(StandardCharsets.US_ASCII);
        codes[field][row] = fields.get(field).encode(Arrays.copyOf(value, BYTES), 0, value.length);
      }
      field++;
    }
  }
}
