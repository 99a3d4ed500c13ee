package dev.millrace.features.ranking;

import java.util.List;

/**
 * The outcome of ranking the fields of a data set.
 *
 * @param source what was read, such as a file name or a topic
 * @param label name of the label
 * @param labels values of the label with their rows, most frequent first
 * @param rows rows counted
 * @param malformed rows that could not be read and were left out
 * @param labelEntropyNats the most that any field could tell
 * @param baseline what the scores are relative to
 * @param fields best first
 * @param pairs best first; empty if they were not asked for
 * @param triples best first; empty if they were not asked for
 * @param selections orders of selection; empty without pairs
 */
public record FeatureRanking(
    String source,
    String label,
    List<FieldQuality.ValueCount> labels,
    long rows,
    long malformed,
    double labelEntropyNats,
    Baseline baseline,
    List<RankedField> fields,
    List<RankedGroup> pairs,
    List<RankedGroup> triples,
    List<Selection> selections) {

  public FeatureRanking {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
    pairs = List.copyOf(pairs);
    triples = List.copyOf(triples);
    selections = List.copyOf(selections);
  }
}
