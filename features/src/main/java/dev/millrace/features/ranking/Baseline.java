package dev.millrace.features.ranking;

/** What is subtracted from the mutual information of a field and the label. */
public enum Baseline {
  /** The exact expectation under independence with the same counts. */
  EXPECTED,
  /** OutRank's: the mutual information of the field's rows shifted by the size of their label. */
  SHIFTED,
  /** Nothing: plain mutual information. */
  NONE
}
