package dev.millrace.features.catalog;

import java.util.Optional;

/**
 * One field of a catalogue.
 *
 * @param ordinal position in a row of values, from 0
 * @param name unique in its catalogue
 * @param kind what its values are
 * @param source where its values come from
 * @param bucketing how a numeric field becomes discrete; present for numeric fields only
 * @param chunks rows of the unified table that are concatenated for one value, &gt;= 1
 * @param maxValues values kept of a multi-valued field, &gt;= 1; 1 for every other kind
 */
public record Field(
    int ordinal,
    String name,
    FieldKind kind,
    FieldSource source,
    Optional<Bucketing> bucketing,
    int chunks,
    int maxValues) {
  private static final String SCALED_KEY = "value";

  /**
   * @throws IllegalArgumentException naming the component, the rule and the value found
   */
  public Field {
    Check.atLeast("ordinal", 0, ordinal);
    Check.name("name", name);
    Check.atLeast("chunks", 1, chunks);
    Check.atLeast("maxValues", 1, maxValues);
    Check.that(
        kind == FieldKind.NUMERIC || bucketing.isEmpty(),
        "bucketing must be absent unless kind is numeric, found " + Token.of(kind));
    Check.that(
        kind != FieldKind.NUMERIC || bucketing.isPresent(),
        "bucketing must be given for a numeric field, found none");
    Check.that(
        kind == FieldKind.MULTI_VALUED || maxValues == 1,
        "maxValues must be absent unless kind is multi-valued, found " + maxValues);
    boolean isId = source == FieldSource.USER_ID || source == FieldSource.ITEM_ID;
    Check.that(
        !isId || kind == FieldKind.CATEGORICAL,
        "kind must be categorical for an id, found " + Token.of(kind));
  }

  /**
   * The discrete form of one value of this field, under which it is counted: a string itself, an
   * integer in decimal, the bucket number of a numeric field in decimal.
   *
   * @param value not null; one element if the field is multi-valued
   * @throws IllegalStateException if the field's bucketing has not been fitted
   */
  public String discrete(Object value) {
    return kind == FieldKind.NUMERIC
        ? Integer.toString(bucketing.orElseThrow().bucket(((Number) value).doubleValue()))
        : value.toString();
  }

  /**
   * The key of the embedding row of one value of this field: its discrete form, or the same for all
   * values of a scaled field.
   *
   * @param value not null; one element if the field is multi-valued
   * @throws IllegalStateException if the field's bucketing has not been fitted
   */
  public String embeddingKey(Object value) {
    return isScaled() ? SCALED_KEY : discrete(value);
  }

  /** Whether values are embedded as one row times their {@link Bucketing.Scaled#scale scale}. */
  public boolean isScaled() {
    return bucketing.orElse(null) instanceof Bucketing.Scaled;
  }

  /**
   * What the embedding row of one value is multiplied by: its scale in [0,1] in a scaled field, 1
   * in any other.
   */
  public float embeddingWeight(Object value) {
    return bucketing.orElse(null) instanceof Bucketing.Scaled scaled
        ? (float) scaled.scale(((Number) value).doubleValue())
        : 1f;
  }

  Field withOrdinal(int position) {
    return new Field(position, name, kind, source, bucketing, chunks, maxValues);
  }

  Field withBucketing(Bucketing fitted) {
    return new Field(ordinal, name, kind, source, Optional.of(fitted), chunks, maxValues);
  }
}
