package dev.millrace.features.report;

import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Trait;
import java.util.Locale;
import java.util.stream.Collectors;

/** Traits in words. */
final class Traits {
  private Traits() {}

  /** The name of a kind, such as {@code near-constant}. */
  static String name(Trait.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A trait in a few words; of a copy it names the field that it copies. */
  static String phrase(Trait trait) {
    return switch (trait.kind()) {
      case DUPLICATE -> "duplicate of " + trait.detail();
      case RELABELLED -> "relabelled " + trait.detail();
      case NOISE, CONSTANT, NEAR_CONSTANT, ID_LIKE, MISSING_HEAVY, LEAK, DRIFTED, SAMPLED ->
          name(trait.kind());
    };
  }

  /** All traits of a field in words, separated by commas. */
  static String phrases(RankedField field) {
    return field.traits().stream().map(Traits::phrase).collect(Collectors.joining(", "));
  }
}
