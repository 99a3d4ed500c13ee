package dev.millrace.features.table;

import java.util.List;
import java.util.Set;

/**
 * Which fields are made of others.
 *
 * @param transformers names of numeric transformers or of sets of them, see {@link
 *     NumericTransformers}
 * @param explode columns of several values between semicolons: one indicator field a value
 * @param subFeatures fields split by the values of another
 * @param noiseControls whether fields of pure noise are added
 * @param seed of the noise
 */
public record Derivations(
    List<String> transformers,
    Set<String> explode,
    List<SubFeature> subFeatures,
    boolean noiseControls,
    long seed) {

  /** Only the columns of the table. */
  public static final Derivations NONE = new Derivations(List.of(), Set.of(), List.of(), false, 0);

  public Derivations {
    transformers = List.copyOf(transformers);
    explode = Set.copyOf(explode);
    subFeatures = List.copyOf(subFeatures);
  }

  /**
   * A field split by the values of another: for each value of {@code by} a field that has {@code
   * split}'s value on the rows with that value, and none on others.
   */
  public record SubFeature(String by, String split) {}
}
