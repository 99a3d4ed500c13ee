package dev.millrace.models.train;

import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.OptFs;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.RowMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network on the rows that a search has kept.
 *
 * @param base the network without gates
 * @param layout cut to the kept rows; not cut when all were kept
 */
record Ticket(Network base, EmbeddingLayout layout) {
  /**
   * Parameters to train from: the kept rows of the tables, and the other parameters as they are.
   */
  Parameters start(Parameters searched) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(base, layout)) {
      float[] found = searched.values(spec.name());
      boolean table = spec.role() == ParameterSpec.Role.TABLE;
      values.put(spec.name(), table ? keep(found, spec.shape().get(1)) : found);
    }
    return new Parameters(values);
  }

  /** The kept rows in their order, and after them the zero row. */
  private float[] keep(float[] table, int dim) {
    if (layout.cut().isEmpty()) {
      return table;
    }
    RowMap cut = layout.cut().get();
    float[] kept = new float[cut.storedRows() * dim];
    for (int row = 0; row < cut.inputRows(); row++) {
      if (cut.keeps(row)) {
        System.arraycopy(table, row * dim, kept, cut.stored(row) * dim, dim);
      }
    }
    return kept;
  }

  /** The base network with the gate of a kept row multiplied into its tables. */
  TrainedNetwork fold(Parameters trained) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(base, layout)) {
      float[] found = trained.values(spec.name());
      boolean table = spec.role() == ParameterSpec.Role.TABLE;
      values.put(spec.name(), table ? times(found, OptFs.KEPT_GATE) : found);
    }
    return new TrainedNetwork(base, layout, new Parameters(values));
  }

  private static float[] times(float[] values, double factor) {
    float[] products = Arrays.copyOf(values, values.length);
    for (int i = 0; i < products.length; i++) {
      products[i] = (float) (products[i] * factor);
    }
    return products;
  }
}
