package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedGroup;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pairs as a map with the tree of similar fields beside it, and pairs and triples as tables. */
final class PairSection {
  /** Labels of more fields could not be read on a page. */
  private static final int MOST_FIELDS = 60;

  private static final int MOST_GROUPS = 30;

  private PairSection() {}

  static void render(FeatureRanking ranking, Markup page) {
    if (!ranking.pairs().isEmpty()) {
      page.open("section", "id", "pairs").element("h2", "Pairs");
      map(ranking, page);
      groups("Pairs that gain most", ranking.pairs(), page);
      page.close();
    }
    if (!ranking.triples().isEmpty()) {
      page.open("section", "id", "triples").element("h2", "Triples");
      groups("Triples that gain most", ranking.triples(), page);
      page.close();
    }
  }

  private static void map(FeatureRanking ranking, Markup page) {
    Set<String> paired = new HashSet<>();
    ranking.pairs().forEach(pair -> paired.addAll(pair.features()));
    List<String> features =
        ranking.fields().stream()
            .map(field -> field.feature())
            .filter(paired::contains)
            .limit(MOST_FIELDS)
            .toList();
    FieldClusters clusters = FieldClusters.of(features, ranking.pairs());
    page.element(
        "p",
        (features.size() < paired.size()
                ? "The best " + features.size() + " of " + paired.size() + " fields in pairs. "
                : "")
            + "Below the diagonal, how alike two fields are, whatever the label. Above it, whether"
            + " they tell more about the label together than apart (synergy) or less (redundancy);"
            + " what is within chance, or unclear, is blank. The tree joins similar fields.",
        "class",
        "caption");
    PairMap.render(features, clusters, ranking.pairs(), page);
  }

  private static void groups(String title, List<RankedGroup> groups, Markup page) {
    List<RankedGroup> shown =
        groups.stream()
            .sorted(Comparator.comparingDouble(RankedGroup::gainNats).reversed())
            .limit(MOST_GROUPS)
            .toList();
    boolean pairs = shown.get(0).features().size() == 2;
    page.element("h3", title);
    page.element(
        "p",
        (shown.size() < groups.size()
                ? "The first " + shown.size() + " of " + Numbers.count(groups.size()) + ". "
                : "")
            + "Gain: the score together less the best score of one alone."
            + (pairs
                ? " Interaction: negative is synergy, positive is redundancy."
                : " Interaction: of three fields, positive is synergy."),
        "class",
        "caption");
    HtmlTable table = new HtmlTable(page, title, pairs ? GroupColumns.PAIRS : GroupColumns.TRIPLES);
    shown.forEach(group -> GroupColumns.row(group, table));
    table.end();
  }
}
