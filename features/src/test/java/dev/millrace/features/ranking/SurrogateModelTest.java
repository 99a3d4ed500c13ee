package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SurrogateModelTest {
  /**
   * Two folds with the same rows, so that one loss is the score. By scipy's BFGS on {@code sum log
   * loss + |w|^2 / 2} over the weights of three values and a free bias.
   */
  @Test
  void shouldSolveTheRegression() {
    long[] fold = {30, 10, 5, 15, 20, 20};

    assertThat(SurrogateModel.score(List.of(fold, fold), 2))
        .isCloseTo(0.38375330522590456, within(1e-7));
  }

  @Test
  void shouldScoreACopyOfTheLabelNearOneAndAConstantByTheEntropy() {
    long[] copy = {5_000, 0, 0, 5_000};
    long[] constant = {2_500, 7_500};
    double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);

    assertThat(SurrogateModel.score(List.of(copy, copy, copy), 2)).isBetween(0.99, 1.0);
    assertThat(SurrogateModel.score(List.of(constant, constant), 2))
        .isCloseTo(1 - entropy, within(1e-9));
  }

  @Test
  void shouldTellThreeLabelsApart() {
    long[] copy = {5_000, 0, 0, 0, 5_000, 0, 0, 0, 5_000};
    long[] constant = {1_000, 1_000, 2_000};

    assertThat(SurrogateModel.score(List.of(copy, copy), 3)).isBetween(0.99, 1.0);
    assertThat(SurrogateModel.score(List.of(constant, constant), 3))
        .isCloseTo(1 + 0.5 * Math.log(0.25) + 0.5 * Math.log(0.5), within(1e-9));
  }

  /** A value that is in the test rows only has the chances of the whole; a new label costs much. */
  @Test
  void shouldPredictWhatItHasNotSeen() {
    List<long[]> folds = List.of(new long[] {10, 10, 0, 0}, new long[] {0, 0, 10, 10});
    List<long[]> newLabel = List.of(new long[] {10, 0, 0, 0}, new long[] {0, 0, 0, 10});

    assertThat(SurrogateModel.score(folds, 2)).isCloseTo(1 - Math.log(2), within(1e-9));
    assertThat(SurrogateModel.score(newLabel, 2)).isFinite().isLessThan(-10);
  }

  @Test
  void shouldLeaveOutFoldsWithoutRowsAndRefuseFewerThanTwo() {
    long[] fold = {5, 10};

    assertThat(SurrogateModel.score(List.of(fold, fold, new long[2]), 2))
        .isEqualTo(SurrogateModel.score(List.of(fold, fold), 2));
    assertThatThrownBy(() -> SurrogateModel.score(List.of(fold, new long[2]), 2))
        .hasMessage("folds with rows must be >= 2, found 1");
  }
}
