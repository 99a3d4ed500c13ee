package dev.millrace.models.train;

import dev.millrace.models.network.Parameters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a training needs to go on, by name; tensors are shared, not copied. */
final class TrainingState {
  private final Map<String, String> numbers = new LinkedHashMap<>();
  private final Map<String, float[]> tensors = new LinkedHashMap<>();

  /** A part of a training that goes on where it was. */
  interface Part {
    /** Adds what this part needs; tensors are read before it goes on. */
    void save(TrainingState state);

    /** Becomes what was saved. */
    void restore(TrainingState state);
  }

  void put(String name, long value) {
    numbers.put(name, Long.toString(value));
  }

  /** Exact: the shortest decimal that reads back as the same double. */
  void put(String name, double value) {
    numbers.put(name, Double.toString(value));
  }

  void put(String name, float[] tensor) {
    tensors.put(name, tensor);
  }

  long getLong(String name) {
    return Long.parseLong(numbers.get(name));
  }

  double getDouble(String name) {
    return Double.parseDouble(numbers.get(name));
  }

  boolean has(String name) {
    return numbers.containsKey(name);
  }

  float[] tensor(String name) {
    return tensors.get(name);
  }

  /** The tensors whose names, after the prefix, are given. */
  Parameters parameters(String prefix, Collection<String> names) {
    Map<String, float[]> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, tensors.get(prefix + name)));
    return new Parameters(values);
  }

  Map<String, String> numbers() {
    return numbers;
  }

  Map<String, float[]> tensors() {
    return tensors;
  }
}
