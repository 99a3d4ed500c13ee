package dev.millrace.features.table;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.PopulationStability;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names what fields are. */
final class Traits {
  private static final double NEAR_CONSTANT_SHARE = 0.99;
  private static final double ID_LIKE_SHARE = 0.8;
  private static final double MISSING_HEAVY_SHARE = 0.8;
  private static final double LEAK_SHARE = 0.95;

  private static final double DRIFT_P_VALUE = 0.001;

  /** Fewer rows make no id. */
  private static final long MIN_ID_ROWS = 50;

  private final double labelEntropyNats;
  private final double pValueBound;
  private final Map<Long, FieldTable> bySignature = new HashMap<>();

  /**
   * @param pValueBound a field with a higher p-value is noise
   */
  Traits(double labelEntropyNats, double pValueBound) {
    this.labelEntropyNats = labelEntropyNats;
    this.pValueBound = pValueBound;
  }

  /** Traits that a field has by its counts. */
  List<Trait> of(Relevance relevance, FieldQuality quality) {
    List<Trait> traits = new ArrayList<>();
    long rows = quality.rows();
    long present = rows - quality.missing();
    long top = quality.mostFrequent().isEmpty() ? 0 : quality.mostFrequent().get(0).rows();
    boolean constant = top == rows;
    if (relevance.pValue() > pValueBound) {
      traits.add(trait(Trait.Kind.NOISE, "p = %.2g", relevance.pValue()));
    }
    if (constant) {
      traits.add(
          new Trait(Trait.Kind.CONSTANT, "\"" + quality.mostFrequent().get(0).value() + "\""));
    } else if (top >= NEAR_CONSTANT_SHARE * rows) {
      traits.add(trait(Trait.Kind.NEAR_CONSTANT, "%.2f%% of the rows", 100.0 * top / rows));
    }
    if (present >= MIN_ID_ROWS && quality.cardinality() >= ID_LIKE_SHARE * present) {
      traits.add(
          trait(Trait.Kind.ID_LIKE, "%.2f rows a value", (double) present / quality.cardinality()));
    }
    if (!constant && quality.missing() >= MISSING_HEAVY_SHARE * rows) {
      traits.add(
          trait(Trait.Kind.MISSING_HEAVY, "%.1f%% missing", 100.0 * quality.missing() / rows));
    }
    double possible = labelEntropyNats - relevance.noiseNats();
    if (relevance.pValue() <= pValueBound && relevance.score() >= LEAK_SHARE * possible) {
      traits.add(trait(Trait.Kind.LEAK, "%.1f%% of the label", 100 * relevance.score() / possible));
    }
    if (quality.cardinalityEstimated()) {
      traits.add(new Trait(Trait.Kind.SAMPLED, "more values than --max-values"));
    }
    return traits;
  }

  /** The trait of a field that is an earlier one over again; call it for each, in column order. */
  List<Trait> ofCopy(FieldTable table) {
    if (table.isSampled() || table.values().size() < 2) {
      return List.of();
    }
    FieldTable earlier = bySignature.putIfAbsent(table.signature(), table);
    if (earlier == null || earlier.values().size() != table.values().size()) {
      return List.of();
    }
    boolean same = earlier.values().sameAs(table.values());
    return List.of(new Trait(same ? Trait.Kind.DUPLICATE : Trait.Kind.RELABELLED, earlier.name()));
  }

  /** The trait of a field whose distribution has changed by more than chance explains. */
  static Optional<Trait> ofDrift(PopulationStability stability) {
    AlarmThresholds bounds = AlarmThresholds.DEFAULT;
    return stability.excess() > bounds.drift() && stability.pValue() < DRIFT_P_VALUE
        ? Optional.of(trait(Trait.Kind.DRIFTED, "stability index %.2f", stability.excess()))
        : Optional.empty();
  }

  private static Trait trait(Trait.Kind kind, String format, double figure) {
    return new Trait(kind, String.format(Locale.ROOT, format, figure));
  }
}
