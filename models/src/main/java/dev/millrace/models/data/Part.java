package dev.millrace.models.data;

import java.util.Locale;

/** What a row is used for. */
public enum Part {
  /** Moves the parameters. */
  TRAINING,
  /** Chooses the epoch. */
  VALIDATION,
  /** Measures what was chosen. */
  TEST;

  /** Its name in messages, options and files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
