package dev.millrace.features.table;

import dev.millrace.features.ranking.CodedTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Other scores of a field against the label, by name. */
public enum Heuristics {
  /** Share of the most frequent combination of value and label. */
  MAX_VALUE_COVERAGE("max-value-coverage"),
  /** Pearson's correlation of the ranks that value and label have in alphabetical order. */
  PEARSON("pearson"),
  /** Pearson's chi-square statistic. */
  CHI_SQUARE("chi-square"),
  /** Cramér's V, the chi-square statistic scaled to [0,1]. */
  CRAMERS_V("cramers-v"),
  /** 1 - cross-validated log loss of a logistic regression on the one-hot field. */
  SURROGATE("surrogate");

  private final String token;

  Heuristics(String token) {
    this.token = token;
  }

  /** Name on the command line. */
  public String token() {
    return token;
  }

  /**
   * The heuristic of this name.
   *
   * @throws TableException if there is none
   */
  static Heuristics ofToken(String token) {
    for (Heuristics heuristic : values()) {
      if (heuristic.token.equals(token)) {
        return heuristic;
      }
    }
    throw new TableException(
        "heuristics must be of "
            + List.of(values()).stream().map(Heuristics::token).toList()
            + ", found "
            + token);
  }

  /** Whether it needs the rows, not the counts alone. */
  boolean needsRows() {
    return this == SURROGATE;
  }

  /** Those of the names that counts are enough for. */
  static Map<String, Double> of(FieldTable table, ValueDictionary labels, List<String> tokens) {
    Map<String, Double> scores = new LinkedHashMap<>();
    CodedTable coded = tokens.isEmpty() ? null : coded(table, labels);
    for (String token : tokens) {
      switch (ofToken(token)) {
        case MAX_VALUE_COVERAGE -> scores.put(token, coded.maxValueCoverage());
        case PEARSON -> scores.put(token, coded.pearson());
        case CHI_SQUARE -> scores.put(token, coded.chiSquare().statistic());
        case CRAMERS_V -> scores.put(token, coded.chiSquare().cramersV());
        case SURROGATE -> {}
      }
    }
    return scores;
  }

  /** The counts in alphabetical order of values and labels. */
  private static CodedTable coded(FieldTable table, ValueDictionary labels) {
    int[] valueOrder = alphabetical(table.values());
    int[] labelOrder = alphabetical(labels);
    long[] counts = new long[valueOrder.length * labelOrder.length];
    for (int value = 0; value < valueOrder.length; value++) {
      for (int label = 0; label < labelOrder.length; label++) {
        counts[value * labelOrder.length + label] =
            table.weight(valueOrder[value]) * table.count(valueOrder[value], labelOrder[label]);
      }
    }
    return new CodedTable(counts, labelOrder.length);
  }

  private static int[] alphabetical(ValueDictionary values) {
    return IntStream.range(0, values.size())
        .boxed()
        .sorted(Comparator.comparing(values::text))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
