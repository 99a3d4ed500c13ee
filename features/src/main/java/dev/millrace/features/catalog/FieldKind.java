package dev.millrace.features.catalog;

/** What the values of a field are. */
public enum FieldKind {
  /** One value of an unordered set: a {@code String} or a {@code Long}. */
  CATEGORICAL,
  /** A finite {@code Double} or {@code Long}, bucketised before it is embedded. */
  NUMERIC,
  /** A short list of unordered values: a {@code List<String>}. */
  MULTI_VALUED
}
