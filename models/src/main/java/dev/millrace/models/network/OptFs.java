package dev.millrace.models.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * OptFS: a gate for each feature value, in front of any network.
 *
 * <p>Lyu et al., "Optimizing Feature Set for Click-Through Rate Prediction", WWW 2023, section 3.
 * The gate of row {@code i} is {@code sigmoid(temperature * m_i) / sigmoid(0.5)} while the feature
 * set is searched, which is 1 at the start, and {@code 1[m_i > 0] / sigmoid(0.5)} afterwards. It
 * multiplies what is looked up, in every table of the network.
 */
public final class OptFs {
  /** Name of the table of the {@code m_i}, {@code [storedRows, 1]}. */
  public static final String GATE = "gate";

  private static final float GATE_START = 0.5f;

  /** What a kept row is multiplied by: {@code 1 / sigmoid(0.5)}. */
  public static final double KEPT_GATE = 1 + Math.exp(-GATE_START);

  private OptFs() {}

  /**
   * The network with gates that are trained along with it.
   *
   * @param temperature above 0; the higher, the nearer the gates are to a step
   */
  public static Network search(Network base, double temperature) {
    return new Search(base, temperature);
  }

  /** The network with the gate of a kept row on each lookup, for a layout that is cut. */
  public static Network ticket(Network base) {
    return new Ticket(base);
  }

  private record Search(Network base, double temperature) implements Network {
    Search {
      Objects.requireNonNull(base, "base");
      if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "temperature must be above 0 and finite, found " + temperature);
      }
    }

    @Override
    public String name() {
      return base.name() + "-optfs-search";
    }

    @Override
    public Map<String, String> configuration() {
      Map<String, String> configuration = new LinkedHashMap<>(base.configuration());
      configuration.put("temperature", Double.toString(temperature));
      return configuration;
    }

    @Override
    public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
      T mask = ops.lookup(GATE, new Initializer.Constant(GATE_START), 1);
      T gate = ops.scale(ops.sigmoid(ops.scale(mask, temperature)), KEPT_GATE);
      ForwardingOps<T> gated =
          new ForwardingOps<>(ops) {
            @Override
            public T lookup(String table, Initializer initializer, int dim) {
              return mul(super.lookup(table, initializer, dim), gate);
            }
          };
      return base.logit(gated, layout);
    }
  }

  private record Ticket(Network base) implements Network {
    Ticket {
      Objects.requireNonNull(base, "base");
    }

    @Override
    public String name() {
      return base.name() + "-optfs-ticket";
    }

    @Override
    public Map<String, String> configuration() {
      return base.configuration();
    }

    @Override
    public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
      ForwardingOps<T> gated =
          new ForwardingOps<>(ops) {
            @Override
            public T lookup(String table, Initializer initializer, int dim) {
              return scale(super.lookup(table, initializer, dim), KEPT_GATE);
            }
          };
      return base.logit(gated, layout);
    }
  }
}
