package dev.millrace.features.table;

import dev.millrace.features.table.Derivations.SubFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Fields that are made of the columns of a table. A column of more values than {@code max-values}
 * has lost some of them: it has no transforms, and to explode or to split it is refused.
 */
final class DerivedFields {
  private final CountedTable table;
  private final RankingOptions options;
  private final List<RankableField> fields = new ArrayList<>();

  private DerivedFields(CountedTable table, RankingOptions options) {
    this.table = table;
    this.options = options;
  }

  /**
   * Checks what can be before rows are read.
   *
   * @param columns of the table
   * @throws TableException if a transformer or a column is not known, or a name is taken
   */
  static void check(RankingOptions options, List<String> columns) {
    Derivations derivations = options.derivations();
    NumericTransformers.select(derivations.transformers());
    for (String control : new NoiseControls(derivations).names()) {
      RankingOptions.require(
          !columns.contains(control), "noise-controls must not be named as a column", control);
    }
    for (String column : derivations.explode()) {
      requireField("explode", column, options, columns);
    }
    for (SubFeature subFeature : derivations.subFeatures()) {
      requireField("sub-features", subFeature.by(), options, columns);
      requireField("sub-features", subFeature.split(), options, columns);
    }
  }

  private static void requireField(
      String key, String column, RankingOptions options, List<String> columns) {
    boolean isField =
        columns.contains(column)
            && !column.equals(options.label())
            && !options.exclude().contains(column);
    RankingOptions.require(isField, key + " must name fields of the table", column);
  }

  /**
   * The fields, in the order of their columns: transforms, then indicators, then sub-features.
   *
   * @param table with its rows kept, if there are sub-features
   */
  static List<RankableField> of(CountedTable table, RankingOptions options) throws IOException {
    DerivedFields derived = new DerivedFields(table, options);
    derived.transform();
    derived.explode();
    derived.split();
    return derived.fields;
  }

  private void transform() {
    List<NumericTransformer> transformers =
        NumericTransformers.select(options.derivations().transformers());
    if (transformers.isEmpty()) {
      return;
    }
    List<String> controls = new NoiseControls(options.derivations()).names();
    TransformedFields transforms =
        new TransformedFields(transformers, options.missing(), table.labelCount());
    for (FieldTable field : table.fields()) {
      if (!field.isSampled() && !controls.contains(field.name())) {
        transforms.of(field, to("transform"));
      }
    }
  }

  private void explode() {
    ExplodedFields exploded = new ExplodedFields(options.missing(), table.labelRows());
    for (FieldTable field : table.fields()) {
      if (options.derivations().explode().contains(field.name())) {
        requireExact("explode", field);
        exploded.of(field, to("explode"));
      }
    }
  }

  private void split() throws IOException {
    if (options.derivations().subFeatures().isEmpty()) {
      return;
    }
    SubFeatureFields subFields = new SubFeatureFields(table);
    for (SubFeature subFeature : options.derivations().subFeatures()) {
      int by = index(subFeature.by());
      int split = index(subFeature.split());
      requireExact("sub-features", table.fields().get(by));
      requireExact("sub-features", table.fields().get(split));
      subFields.of(by, split, to("subfeature"));
    }
  }

  private int index(String name) {
    return table.fields().stream().map(FieldTable::name).toList().indexOf(name);
  }

  private void requireExact(String key, FieldTable field) {
    RankingOptions.require(
        !field.isSampled(),
        "%s must name fields of at most %d values (max-values), %s has more"
            .formatted(key, options.maxValues(), field.name()),
        field.cardinality());
  }

  private Consumer<FieldTable> to(String origin) {
    return derived ->
        fields.add(
            new RankableField(
                derived.name(),
                origin,
                derived.profile(table.labelCount()),
                Map.of(),
                FieldQualities.of(
                    derived, options.missing(), options.rareCount(), Optional.empty()),
                OptionalDouble.empty(),
                List.of(),
                Heuristics.of(derived, table.labels(), options.heuristics())));
  }
}
