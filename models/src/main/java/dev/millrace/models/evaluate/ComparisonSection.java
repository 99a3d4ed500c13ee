package dev.millrace.models.evaluate;

import dev.millrace.features.report.HtmlTable;
import dev.millrace.features.report.Markup;
import dev.millrace.features.report.Numbers;
import java.util.List;

/** What sets a model apart from another, in sentences and figures. */
final class ComparisonSection {
  private final Comparison comparison;
  private final Markup page;

  ComparisonSection(Comparison comparison, Markup page) {
    this.comparison = comparison;
    this.page = page;
  }

  void render() {
    page.open("section").open("h2").text("Against ");
    page.element("em", comparison.baseline().model()).close();
    page.element("p", caption(), "class", "caption");
    page.open("ul", "class", "verdicts");
    for (Difference difference : comparison.differences()) {
      page.element("li", comparison.verdict(difference));
    }
    page.close();
    table();
    comparison.deLong().ifPresent(test -> page.element("p", reading(test), "class", "caption"));
    page.close();
  }

  private String caption() {
    return "Both models on the same rows."
        + comparison.candidate().config().bootstrap().map(ComparisonSection::describe).orElse("");
  }

  private static String describe(BootstrapConfig bootstrap) {
    return " Intervals are of a paired bootstrap, whose least p is 2 in %s."
        .formatted(Numbers.count(bootstrap.replicates() + 1L));
  }

  private void table() {
    List<String> header =
        List.of(
            "<Metric",
            comparison.baseline().model(),
            comparison.candidate().model(),
            "Difference",
            "Interval",
            "p");
    HtmlTable table = new HtmlTable(page, "Differences", header);
    for (Difference difference : comparison.differences()) {
      String title = difference.metric().title(comparison.ndcgCutoff());
      int decimals =
          difference.test().map(test -> Decimals.of(test.standardError())).orElse(Decimals.PLAIN);
      table.row(title, false).name(title);
      number(table, difference.baseline(), decimals);
      number(table, difference.candidate(), decimals);
      number(table, difference.difference(), decimals);
      table.number(
          Double.NaN,
          difference.test().map(test -> MetricRow.range(test.interval(), decimals)).orElse(""));
      double pValue = difference.test().map(Difference.Test::pValue).orElse(Double.NaN);
      table.number(pValue, Numbers.pValue(pValue)).endRow();
    }
    table.end();
  }

  private static void number(HtmlTable table, double value, int decimals) {
    table.number(value, Numbers.fixed(value, decimals));
  }

  private static String reading(PairedDeLong test) {
    String sentence =
        "DeLong's test of the AUCs, for independent rows: difference %s, standard error %s, p %s.";
    return sentence.formatted(
        Numbers.brief(test.difference()),
        Numbers.brief(test.standardError()),
        Numbers.pValue(test.pValue()));
  }
}
