package dev.millrace.models.train;

/**
 * How the rows of a table move.
 *
 * @param updates which of them
 * @param penalty on the values of those that move
 */
record RowRule(RowUpdates updates, Penalty penalty) {}
