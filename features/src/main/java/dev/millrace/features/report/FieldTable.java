package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Trait;
import java.util.ArrayList;
import java.util.List;

/** All fields with the figures behind their scores. */
final class FieldTable {
  private FieldTable() {}

  static void render(FeatureRanking ranking, Markup page) {
    List<String> heuristics =
        ranking.fields().stream()
            .flatMap(field -> field.heuristics().keySet().stream())
            .distinct()
            .toList();
    List<String> header =
        new ArrayList<>(
            List.of("#", "<Field", "Score", "± 99%", "Mutual information", "Noise", "p"));
    header.addAll(List.of("Of the label", "Adjusted"));
    header.addAll(heuristics);
    header.add("<Traits");
    page.open("section", "id", "figures").element("h2", "All fields in figures");
    HtmlTable table = new HtmlTable(page, "All fields in figures", header);
    int rank = 0;
    for (RankedField field : ranking.fields()) {
      Relevance relevance = field.relevance();
      table.row(field.feature(), field.is(Trait.Kind.NOISE));
      table.count(++rank).name(field.feature()).nats(relevance.score());
      table.nats(relevance.upper() - relevance.score());
      table.nats(relevance.mutualInformationNats()).nats(relevance.noiseNats());
      table.number(relevance.pValue(), Numbers.pValue(relevance.pValue()));
      double share = Math.max(0, relevance.score()) / ranking.labelEntropyNats();
      table.number(share, Numbers.percent(share));
      table.number(relevance.adjusted(), Numbers.fixed(relevance.adjusted(), 5));
      for (String heuristic : heuristics) {
        double value = field.heuristics().getOrDefault(heuristic, Double.NaN);
        table.number(value, Numbers.brief(value));
      }
      table.text(Traits.phrases(field)).endRow();
    }
    table.end();
    page.close();
  }
}
