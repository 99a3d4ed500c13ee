package dev.millrace.models.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The values of a network's parameters by name, row-major, on the Java heap.
 *
 * <p>Arrays are handed in and out without a copy, because a table may take most of the memory;
 * whoever shares them leaves them alone.
 */
public final class Parameters {
  private final Map<String, float[]> values;

  public Parameters(Map<String, float[]> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** Fresh parameters: the same seed and declarations give the same values. */
  public static Parameters initial(List<ParameterSpec> declared, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : declared) {
      float[] tensor = new float[Math.toIntExact(spec.size())];
      spec.initializer().fill(tensor, spec.shape(), random.split());
      values.put(spec.name(), tensor);
    }
    return new Parameters(values);
  }

  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /**
   * The values of one parameter, shared.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public float[] values(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " must be a parameter, found " + values.keySet());
    }
    return found;
  }

  /** Number of values of all parameters together. */
  public long count() {
    return values.values().stream().mapToLong(tensor -> tensor.length).sum();
  }

  /**
   * Checks that these are the declared parameters, no more and no fewer.
   *
   * @throws IllegalArgumentException when a name or a size differs
   */
  public void requireDeclared(List<ParameterSpec> declared) {
    for (ParameterSpec spec : declared) {
      int found = values(spec.name()).length;
      if (found != spec.size()) {
        throw new IllegalArgumentException(
            "%s must hold %d values, found %d".formatted(spec.name(), spec.size(), found));
      }
    }
    if (values.size() != declared.size()) {
      throw new IllegalArgumentException(
          "parameters must be %d, found %s".formatted(declared.size(), values.keySet()));
    }
  }
}
