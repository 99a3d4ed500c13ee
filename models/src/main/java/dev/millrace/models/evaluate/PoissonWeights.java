package dev.millrace.models.evaluate;

/**
 * How often a bootstrap draws each unit: independent Poisson(1) counts, the limit of drawing with
 * replacement, by a hash of seed, replicate and unit (Hanley and MacGibbon, "Creating
 * non-parametric bootstrap samples using Poisson frequencies", 2006). A unit has the same counts in
 * whatever data, order and thread, so that models measured apart are measured on the same draws.
 */
final class PoissonWeights {
  /** Odd, the golden ratio's bits: SplitMix64's increment (Steele, Lea and Flood, 2014). */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Cumulative probabilities in units of 2^-63; what is beyond the last has no such unit left. */
  private static final long[] CUMULATIVE = cumulative();

  private PoissonWeights() {}

  static void fill(byte[] weights, Units units, long seed, int replicate) {
    long stream = mix(mix(seed) + replicate);
    for (int unit = 0; unit < weights.length; unit++) {
      weights[unit] = weight(mix(stream + units.key(unit) * GOLDEN));
    }
  }

  private static byte weight(long hash) {
    long uniform = hash >>> 1;
    byte weight = 0;
    while (weight < CUMULATIVE.length && uniform >= CUMULATIVE[weight]) {
      weight++;
    }
    return weight;
  }

  private static long[] cumulative() {
    long[] cumulative = new long[20];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int count = 0; count < cumulative.length; count++) {
      sum += probability;
      cumulative[count] = (long) (sum * 0x1p63);
      probability /= count + 1;
    }
    return cumulative;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
