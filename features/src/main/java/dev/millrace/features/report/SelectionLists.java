package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.Selection;

/** The orders in which methods would take fields into a model. */
final class SelectionLists {
  private static final int MOST = 30;

  private SelectionLists() {}

  static void render(FeatureRanking ranking, Markup page) {
    if (ranking.selections().isEmpty()) {
      return;
    }
    page.open("section", "id", "selection").element("h2", "Orders of selection");
    page.element(
        "p",
        "Each step takes the field that adds most to those taken before; behind it, the value of the"
            + " method's criterion at that step.",
        "class",
        "caption");
    page.open("div", "class", "columns");
    for (Selection selection : ranking.selections()) {
      page.open("div").element("h3", name(selection.method()));
      page.open("ol", "class", "steps");
      for (Selection.Step step :
          selection.steps().subList(0, Math.min(MOST, selection.steps().size()))) {
        page.open("li", "data-name", step.feature()).element("span", step.feature());
        page.element("span", Numbers.nats(step.value()), "class", "score").close();
      }
      page.close();
      int left = selection.steps().size() - MOST;
      if (left > 0) {
        page.element("p", "and " + Numbers.count(left) + " more", "class", "caption");
      }
      page.close();
    }
    page.close().close();
  }

  private static String name(String method) {
    return switch (method) {
      case "jmi" -> "Joint mutual information (JMI)";
      case "3mr" -> "Relevance, redundancy, synergy (3MR)";
      default -> method;
    };
  }
}
