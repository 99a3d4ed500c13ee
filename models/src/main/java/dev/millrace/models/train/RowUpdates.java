package dev.millrace.models.train;

/** Which rows of an embedding table a step of Adam moves. */
public enum RowUpdates {
  /**
   * The rows of the batch: moments of the others wait. A step costs the same however large the
   * table is.
   */
  LAZY,
  /**
   * All of them, as Adam is written: moments decay in every step, and a row goes on moving while
   * its first moment lasts. A step costs time in the size of the table; cheap for small ones.
   */
  EVERY_ROW
}
