package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class InteractionTest {
  private static final double LN2 = Math.log(2);

  /** The halves of an XOR tell nothing, the two of them all. */
  @Test
  void shouldBeNegativeForSynergyAndPositiveForRedundancy() {
    assertThat(Interaction.nats(0, 0, LN2)).isEqualTo(-LN2);
    assertThat(Interaction.nats(LN2, LN2, LN2)).isEqualTo(LN2);
    assertThat(Interaction.conditionalNats(0, LN2)).isEqualTo(LN2);
    assertThat(Interaction.conditionalNats(LN2, LN2)).isZero();
  }

  /** Three copies: 3 - 3 + 1. The parity of three: nothing but the three together. */
  @Test
  void shouldGoOverToThreeFields() {
    double[] copies = {LN2, LN2, LN2};
    double[] nothing = new double[3];

    assertThat(Interaction.nats(copies, copies, LN2)).isCloseTo(LN2, within(1e-15));
    assertThat(Interaction.nats(nothing, nothing, LN2)).isEqualTo(LN2);
    assertThatThrownBy(() -> new ThreeMr(-1, 0, ThreeMr.Aggregation.MEAN))
        .hasMessage("alpha must be >= 0 and finite, found -1.0");
    assertThatThrownBy(() -> new ThreeMr(1, Double.NaN, ThreeMr.Aggregation.MEAN))
        .hasMessage("beta must be >= 0 and finite, found NaN");
  }
}
