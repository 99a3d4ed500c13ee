package dev.millrace.features.catalog;

/** Where the value of a field comes from when a request is featurised. */
public enum FieldSource {
  /** The user's id itself. */
  USER_ID,
  /** The item's id itself. */
  ITEM_ID,
  /** The context of the request, shared by all its candidates. */
  CONTEXT,
  /** The features that came with the candidate. */
  ITEM,
  /** A streaming feature of the same name. */
  STREAMING
}
