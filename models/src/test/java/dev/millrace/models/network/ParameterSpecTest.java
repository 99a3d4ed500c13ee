package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What declaring the parameters of a network finds wrong with it. */
class ParameterSpecTest {
  private static final EmbeddingLayout LAYOUT = EmbeddingLayout.plain(10, 4, 3);

  @Test
  void shouldRefuseALogitOfAnotherShape() {
    assertRefused(
        new Formula() {
          @Override
          public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
            return ops.lookup("table", Initializer.ONES, 4);
          }
        },
        "logit must be [batch, 1], found [[-1, 3, 4]]");
  }

  @Test
  void shouldRefuseAProductOfUnfitMatrices() {
    assertRefused(
        new Formula() {
          @Override
          public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
            T tokens = ops.lookup("table", Initializer.ONES, 4);
            return ops.matmul(tokens, ops.parameter("weight", Initializer.ONES, 5, 1));
          }
        },
        "inner dimensions must agree, found [[-1, 3, 4], [5, 1]]");
  }

  @Test
  void shouldRefuseAReshapeThatLosesValues() {
    assertRefused(
        new Formula() {
          @Override
          public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
            T tokens = ops.lookup("table", Initializer.ONES, 4);
            return ops.reshape(tokens, TensorOps.BATCH, 11);
          }
        },
        "reshape must keep the values, found [[-1, 3, 4], [-1, 11]]");
  }

  @Test
  void shouldRefuseUnitsOfWhichNoArrayHoldsTheWeights() {
    Network wide = new Mlp(List.of(100_000, 100_000), 0);
    assertThatThrownBy(() -> ParameterSpec.declaredBy(wide, LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mlp.1.weight must hold <= 2147483639 values, found 10000000000");
    Network overflowing = new AutoInt(AutoInt.Form.PAPER, 1, 1 << 16, 1 << 15, 0, 0);
    assertThatThrownBy(() -> ParameterSpec.declaredBy(overflowing, LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attention.0.query.weight: dimensions must be >= 1, found -2147483648");
  }

  @Test
  void shouldRefuseOneNameForTwoParameters() {
    assertThatThrownBy(
            () ->
                ParameterSpec.declaredBy(
                    new Formula() {
                      @Override
                      public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
                        return ops.add(
                            ops.parameter("weight", Initializer.ONES, 1),
                            ops.parameter("weight", Initializer.ONES, 2));
                      }
                    },
                    LAYOUT))
        .hasMessageStartingWith("weight must be declared once, found ");
  }

  @Test
  void shouldRefuseWeightsThatAPlainLayoutLacks() {
    assertRefused(
        new Formula() {
          @Override
          public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
            return ops.weights();
          }
        },
        "layout must be weighted to ask for weights, found plain");
  }

  @Test
  void shouldStartTheSameForTheSameSeedOnly() {
    var declared = ParameterSpec.declaredBy(AutoInt.ofPaper(), LAYOUT);
    Parameters first = Parameters.initial(declared, 5);
    assertThat(first.values("embedding"))
        .isEqualTo(Parameters.initial(declared, 5).values("embedding"))
        .isNotEqualTo(Parameters.initial(declared, 6).values("embedding"));
    for (float value : first.values("embedding")) {
      assertThat(value).isBetween(-0.05f, 0.05f);
    }
    assertThat(first.values("output.bias")).containsExactly(0);
    assertThat(first.count()).isEqualTo(40 + 3 * 4 * 64 + 4 * 64 + 6 * 64 * 64 + 3 * 64 + 1);
  }

  private static void assertRefused(Network network, String message) {
    assertThatThrownBy(() -> ParameterSpec.declaredBy(network, LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** A network of which only the formula matters. */
  private abstract static class Formula implements Network {
    @Override
    public String name() {
      return "formula";
    }

    @Override
    public Map<String, String> configuration() {
      return Map.of();
    }
  }
}
