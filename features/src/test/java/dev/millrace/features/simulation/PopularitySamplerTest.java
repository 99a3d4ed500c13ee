package dev.millrace.features.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularitySamplerTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDrawInProportionToTheWeights(long seed) {
    double[] weights = {5, 1, 0.5, 10, 2.5, 1};
    PopularitySampler sampler = new PopularitySampler(weights);
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[weights.length];

    for (int i = 0; i < DRAWS; i++) {
      drawn[sampler.draw(random)]++;
    }

    for (int i = 0; i < weights.length; i++) {
      double share = weights[i] / 20;
      double sigma = Math.sqrt(DRAWS * share * (1 - share));
      assertThat((double) drawn[i])
          .as("index %d, seed %d", i, seed)
          .isBetween(DRAWS * share - 4 * sigma, DRAWS * share + 4 * sigma);
    }
  }
}
