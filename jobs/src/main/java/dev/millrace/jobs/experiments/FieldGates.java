package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.Field;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.train.Gates;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the gates of OptFS say of a field: their mean over the lookups of the training examples.
 *
 * <p>A value counts as often as it occurs, for a field of many values has rare ones whose gates
 * close whatever the field tells. A mean of the gates, not of their signs, since the share of open
 * ones is 1 for every field that is kept whole.
 */
final class FieldGates {
  private static final int BATCH = 4_096;

  private FieldGates() {}

  /** Mean gate by field. */
  static Map<String, Double> mean(Gates gates, DataSet data) throws IOException {
    List<Field> fields = data.catalog().fields();
    int[] owners = owners(fields);
    double[] sums = new double[fields.size()];
    double[] weights = new double[fields.size()];
    ExampleBuffer batch = new ExampleBuffer(owners.length);
    try (ExampleReader reader = data.examples(Part.TRAINING).open()) {
      while (reader.read(batch, BATCH) > 0) {
        IntBuffer rows = batch.rows();
        FloatBuffer lookupWeights = batch.weights();
        for (int i = 0; rows.hasRemaining(); i++) {
          int field = owners[i % owners.length];
          float weight = lookupWeights.get();
          sums[field] += weight * gates.gate(rows.get());
          weights[field] += weight;
        }
        batch.clear();
      }
    }
    Map<String, Double> means = new LinkedHashMap<>();
    for (Field field : fields) {
      means.put(field.name(), sums[field.ordinal()] / weights[field.ordinal()]);
    }
    return means;
  }

  /** The ordinal of the field of each lookup. */
  private static int[] owners(List<Field> fields) {
    return fields.stream()
        .flatMapToInt(
            field ->
                IntStream.generate(field::ordinal).limit((long) field.chunks() * field.maxValues()))
        .toArray();
  }
}
