package dev.millrace.jobs.io;

/** The rule that a dead letter broke; its name is the letter's {@code errorClass}. */
public enum Reason {
  /** The value is no record of the topic under any committed schema. */
  MALFORMED,
  /** The value is null and the topic is not compacted. */
  NULL_VALUE,
  /** The value has more bytes than a record may have. */
  TOO_LARGE,
  /** An id is empty, or a number is outside its range. */
  INVALID,
  /** The event time is negative or further ahead of the clock than skew explains. */
  TIMESTAMP,
  /** A feature value is of no field of the catalogue, of the wrong type, or not finite. */
  FEATURE,
  /** The record was written under another catalogue. */
  FINGERPRINT,
  /** The event time is behind the watermark by more than the allowed lateness. */
  LATE,
  /** No impression came for the click. */
  NO_IMPRESSION,
  /** The click came after the attribution window of its impression. */
  OUTSIDE_WINDOW,
  /** The bundle of a model release cannot be used. */
  BUNDLE
}
