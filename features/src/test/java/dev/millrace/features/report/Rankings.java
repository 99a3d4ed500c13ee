package dev.millrace.features.report;

import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.FieldQuality.Bounds;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Selection;
import dev.millrace.features.ranking.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rankings made up for tests. */
final class Rankings {
  static final long ROWS = 10_000;
  static final Relevance STRONG = relevance(0.05, 0.001);
  static final Relevance NOTHING = relevance(-0.0002, 0.0004);

  private Rankings() {}

  static Relevance relevance(double score, double standardError) {
    return new Relevance(score, score + 0.001, 0.001, standardError, 0.0005, 0.25, score / 2);
  }

  static RankedField field(String name, Relevance relevance, Trait... traits) {
    FieldQuality quality =
        new FieldQuality(
            ROWS,
            2_500,
            1_234,
            false,
            1.5,
            7,
            9,
            2,
            3.25,
            List.of(new ValueCount("a", 4_000), new ValueCount("b", 3_500)),
            Optional.empty(),
            Optional.empty());
    return new RankedField(name, "field", relevance, quality, List.of(traits), Map.of());
  }

  /** A numeric field with drift, a heuristic and this value. */
  static RankedField numericField(String name, String value) {
    FieldQuality quality =
        new FieldQuality(
            ROWS,
            0,
            77,
            true,
            1.5,
            0,
            0,
            2,
            1,
            List.of(new ValueCount(value, ROWS)),
            Optional.of(new Bounds(-1, 0.5, 12)),
            Optional.of(0.3));
    return new RankedField(
        name, "transform", STRONG, quality, List.of(), Map.of("surrogate", Double.NaN));
  }

  static RankedGroup pair(String a, String b, double interaction, double similarity) {
    return new RankedGroup(
        List.of(a, b),
        STRONG,
        42,
        0.01 - interaction,
        interaction,
        List.of(0.03, 0.04),
        similarity,
        0.02);
  }

  static FeatureRanking ranking(List<RankedField> fields, List<RankedGroup> pairs) {
    return new FeatureRanking(
        "clicks.csv",
        "click",
        List.of(new ValueCount("0", 9_000), new ValueCount("1", 1_000)),
        ROWS,
        3,
        0.325,
        Baseline.EXPECTED,
        fields,
        pairs,
        List.of(),
        pairs.isEmpty()
            ? List.of()
            : List.of(new Selection("jmi", List.of(new Selection.Step("site", 0.05)))));
  }

  /** A ranking of this many fields called {@code field_0} onwards, each weaker than the last. */
  static FeatureRanking ofFields(int fields) {
    List<RankedField> ranked = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      ranked.add(field("field_" + i, relevance(0.1 / (i + 1), 0.0001)));
    }
    return ranking(ranked, List.of());
  }

  /** Two fields, their pair and a triple, with names and values that need care everywhere. */
  static FeatureRanking hostile() {
    String name = "<script>alert(\"1\")</script>, & 'co'";
    RankedField first = numericField(name, "</style><img src=x onerror=y>\u001b[31m\r\n");
    RankedField second = field("site", NOTHING, new Trait(Trait.Kind.DUPLICATE, name));
    RankedGroup triple =
        new RankedGroup(
            List.of(name, "site", "hour"),
            STRONG,
            7,
            0.01,
            0.02,
            List.of(),
            Double.NaN,
            Double.NaN);
    return new FeatureRanking(
        name,
        name,
        List.of(new ValueCount(name, ROWS)),
        ROWS,
        0,
        0,
        Baseline.SHIFTED,
        List.of(first, second),
        List.of(pair(name, "site", -0.5, Double.NaN)),
        List.of(triple),
        List.of(new Selection("3mr", List.of(new Selection.Step(name, Double.NaN)))));
  }
}
