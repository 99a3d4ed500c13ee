package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class JointSelectionTest {
  /**
   * The label is XOR of a and b in part and c in part; d is a copy of c. First c, then the copy
   * adds nothing, I(d; Y | c) = 0, while a and b each add nothing yet and come in the order given;
   * with a chosen b adds 0.5.
   */
  @Test
  void shouldTakeTheOtherHalfBeforeTheCopy() {
    List<String> fields = List.of("d", "a", "b", "c");
    double[] relevance = {0.2, 0.01, 0, 0.21};
    double[][] joint = {
      {0, 0.21, 0.2, 0.21},
      {0.21, 0, 0.5, 0.22},
      {0.2, 0.5, 0, 0.21},
      {0.21, 0.22, 0.21, 0},
    };
    Selection selection = JointSelection.select(fields, relevance, joint);

    assertThat(selection.method()).isEqualTo("jmi");
    assertThat(selection.steps())
        .extracting(Selection.Step::feature)
        .containsExactly("c", "a", "b", "d");
    assertThat(selection.steps().get(0).value()).isEqualTo(0.21);
    assertThat(selection.steps().get(1).value()).isCloseTo(0.01, within(1e-15));
    // I(b; Y | c) + I(b; Y | a) = 0 + 0.49.
    assertThat(selection.steps().get(2).value()).isCloseTo(0.49, within(1e-15));
    assertThat(selection.steps().get(3).value()).isCloseTo(0 + 0.2 + 0.2, within(1e-15));
  }

  /** Relevance, redundancy and relation are in [0,1] already, so that scaling leaves them. */
  @Test
  void shouldWeighRelevanceRedundancyAndRelation() {
    List<String> fields = List.of("a", "b", "c");
    double[] relevance = {1, 0.8, 0};
    double[][] redundancy = {{9, 1, 0}, {1, 9, 0}, {0, 0, 9}};
    double[][] relation = {{9, 0, 1}, {0, 9, 0}, {1, 0, 9}};

    assertThat(ThreeMr.DEFAULT.select(fields, relevance, redundancy, relation))
        .extracting(Selection::method)
        .isEqualTo("3mr");
    assertThat(steps(ThreeMr.DEFAULT, fields, relevance, redundancy, relation))
        .containsExactly(tuple("a", 1), tuple("c", 1), tuple("b", 0.8 - 0.5));
    assertThat(
            steps(
                new ThreeMr(1, 0, ThreeMr.Aggregation.SUM),
                fields,
                relevance,
                redundancy,
                relation))
        .containsExactly(tuple("a", 1), tuple("c", 0), tuple("b", -0.2));
    assertThat(
            steps(
                new ThreeMr(0, 0, ThreeMr.Aggregation.MEAN),
                fields,
                relevance,
                redundancy,
                relation))
        .containsExactly(tuple("a", 1), tuple("b", 0.8), tuple("c", 0));
  }

  private static List<Tuple> steps(
      ThreeMr method,
      List<String> fields,
      double[] relevance,
      double[][] redundancy,
      double[][] relation) {
    return method.select(fields, relevance, redundancy, relation).steps().stream()
        .map(step -> tuple(step.feature(), step.value()))
        .toList();
  }

  private static Tuple tuple(String feature, double value) {
    return Tuple.tuple(feature, Math.round(value * 1e9) / 1e9);
  }

  @Test
  void shouldOrderAnySetOfFields() {
    assertThat(JointSelection.select(List.of(), new double[0], new double[0][]).steps()).isEmpty();
    assertThat(
            ThreeMr.DEFAULT
                .select(List.of("a"), new double[] {5}, new double[1][1], new double[1][1])
                .steps())
        .containsExactly(new Selection.Step("a", 0));
  }
}
