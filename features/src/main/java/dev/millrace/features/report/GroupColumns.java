package dev.millrace.features.report;

import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import java.util.List;

/** The columns of a table of pairs or triples. */
final class GroupColumns {
  static final List<String> PAIRS =
      List.of(
          "<Fields",
          "Score",
          "± 99%",
          "Gain",
          "Interaction",
          "<Reads as",
          "Similarity",
          "p",
          "Combinations");
  static final List<String> TRIPLES =
      List.of("<Fields", "Score", "± 99%", "Gain", "Interaction", "p", "Combinations");

  private GroupColumns() {}

  static void row(RankedGroup group, HtmlTable table) {
    Relevance relevance = group.relevance();
    boolean pair = group.features().size() == 2;
    table.row(String.join(" ", group.features()), false);
    table.name(String.join(" × ", group.features())).nats(relevance.score());
    table.nats(relevance.upper() - relevance.score());
    table.nats(group.gainNats()).nats(group.interactionNats());
    if (pair) {
      table.text(InteractionReading.of(group).reading());
      table.number(group.similarity(), Numbers.fixed(group.similarity(), 3));
    }
    table.number(relevance.pValue(), Numbers.pValue(relevance.pValue()));
    table.count(group.cardinality()).endRow();
  }
}
