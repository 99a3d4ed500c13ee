package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.train.TrainedNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks without golden vectors against their papers' equations, one number at a time. */
class ScalarReferenceTest {
  private static final EmbeddingLayout LAYOUT = NetworkCases.weighted();
  private static final int DIM = LAYOUT.dim();
  private static final long SEED = 11;
  private static final ExampleBuffer EXAMPLES = NetworkCases.examples(LAYOUT, 5, SEED);

  /** How a logit comes of the parameters and an example. */
  private interface Equation {
    double logit(Parameters parameters, int example);
  }

  @Test
  void shouldSumTheWeightsOfTheValues() throws Exception {
    assertFollows(new LogisticRegression(), ScalarReferenceTest::linear);
  }

  @Test
  void shouldSumTheInnerProductsOfAllPairs() throws Exception {
    assertFollows(
        new FactorizationMachine(),
        (parameters, example) -> {
          double[][] fields = fields(parameters, example);
          double logit = linear(parameters, example);
          for (int left = 0; left < fields.length; left++) {
            for (int right = left + 1; right < fields.length; right++) {
              for (int i = 0; i < DIM; i++) {
                logit += fields[left][i] * fields[right][i];
              }
            }
          }
          return logit;
        });
  }

  @Test
  void shouldStackALinearLogitOnTheCrosses() throws Exception {
    assertFollows(
        new Dcnv2(Dcnv2.Structure.STACKED, 2, List.of(), 0),
        (parameters, example) -> dot(parameters, "mlp.0", crossed(parameters, example)));
  }

  @Test
  void shouldPutCrossesAndEmbeddingsSideBySide() throws Exception {
    assertFollows(
        new Dcnv2(Dcnv2.Structure.PARALLEL, 2, List.of(), 0),
        (parameters, example) -> {
          double[] crossed = crossed(parameters, example);
          double[] flat = flat(parameters, example);
          double[] both = Arrays.copyOf(crossed, 2 * flat.length);
          System.arraycopy(flat, 0, both, flat.length, flat.length);
          return dot(parameters, "output", both);
        });
  }

  private static void assertFollows(Network network, Equation equation) throws Exception {
    Parameters parameters = NetworkCases.random(network, LAYOUT, SEED);
    float[] found = new TrainedNetwork(network, LAYOUT, parameters).predict(EXAMPLES);
    for (int example = 0; example < found.length; example++) {
      double expected = 1 / (1 + Math.exp(-equation.logit(parameters, example)));
      assertThat((double) found[example])
          .as("%s, example %d, seed %d", network, example, SEED)
          .isCloseTo(expected, within(1e-6));
    }
  }

  private static double linear(Parameters parameters, int example) {
    double sum = parameters.values("bias")[0];
    for (int lookup = 0; lookup < LAYOUT.lookups(); lookup++) {
      int at = example * LAYOUT.lookups() + lookup;
      sum += EXAMPLES.weights().get(at) * parameters.values("linear")[EXAMPLES.rows().get(at)];
    }
    return sum;
  }

  private static double[][] fields(Parameters parameters, int example) {
    double[][] fields = new double[LAYOUT.tokens()][DIM];
    for (int lookup = 0; lookup < LAYOUT.lookups(); lookup++) {
      int at = example * LAYOUT.lookups() + lookup;
      for (int i = 0; i < DIM; i++) {
        fields[LAYOUT.segments().get(lookup)][i] +=
            EXAMPLES.weights().get(at)
                * parameters.values("embedding")[EXAMPLES.rows().get(at) * DIM + i];
      }
    }
    return fields;
  }

  private static double[] flat(Parameters parameters, int example) {
    return Arrays.stream(fields(parameters, example)).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] crossed(Parameters parameters, int example) {
    double[] start = flat(parameters, example);
    double[] crossed = start.clone();
    for (int layer = 0; layer < 2; layer++) {
      float[] weight = parameters.values("cross." + layer + ".weight");
      double[] next = crossed.clone();
      for (int out = 0; out < start.length; out++) {
        double sum = parameters.values("cross." + layer + ".bias")[out];
        for (int in = 0; in < start.length; in++) {
          sum += crossed[in] * weight[in * start.length + out];
        }
        next[out] += start[out] * sum;
      }
      crossed = next;
    }
    return crossed;
  }

  private static double dot(Parameters parameters, String layer, double[] inputs) {
    double sum = parameters.values(layer + ".bias")[0];
    for (int i = 0; i < inputs.length; i++) {
      sum += inputs[i] * parameters.values(layer + ".weight")[i];
    }
    return sum;
  }
}
