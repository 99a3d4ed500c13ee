package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoresTest {
  @Test
  void shouldGrowPastItsFirstCapacity() {
    Scores scores = Scores.grouped();
    for (int row = 0; row < 5000; row++) {
      scores.add(row / 5000f, row % 2, row * 7L);
    }
    assertThat(scores.size()).isEqualTo(5000);
    assertThat(scores.probability(4999)).isEqualTo(4999 / 5000f);
    assertThat(scores.click(4999)).isEqualTo(1);
    assertThat(scores.group(4999)).isEqualTo(4999 * 7L);
  }

  @Test
  void shouldRefuseWhatIsNoProbabilityOrLabelAndKeepTheRest() {
    Scores scores = Scores.ungrouped();
    scores.add(0.5f, 1);
    assertThatThrownBy(() -> scores.add(Float.NaN, 0))
        .hasMessage("probabilities[1] must be in [0, 1], found NaN");
    assertThatThrownBy(() -> scores.add(0.5f, Float.NaN))
        .hasMessage("labels[1] must be 0 or 1, found NaN");
    assertThat(scores.size()).isEqualTo(1);
  }

  @Test
  void shouldTakeGroupsForEveryRowOrForNone() {
    assertThatThrownBy(() -> Scores.grouped().add(0.5f, 1))
        .hasMessage("scores must be ungrouped to take a row without a group");
    assertThatThrownBy(() -> Scores.ungrouped().add(0.5f, 1, 7))
        .hasMessage("scores must be grouped to take a row with a group");
  }

  @Test
  void shouldNameTheFirstRowThatAnotherModelWasNotScoredOn() {
    Scores scores = Scores.of(new float[] {0.1f, 0.2f}, new float[] {0, 1});
    Scores other = Scores.of(new float[] {0.3f, 0.4f}, new float[] {0, 0});
    assertThatThrownBy(() -> scores.requireSameRows(other))
        .hasMessage(
            "compared models must be scored on the same rows, found another label in row 1");
    assertThatThrownBy(() -> scores.requireSameRows(Scores.grouped()))
        .hasMessage(
            "compared models must be scored on the same rows,"
                + " found 2 without groups and 0 with groups");
  }
}
