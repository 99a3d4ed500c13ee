package dev.millrace.models.evaluate;

import dev.millrace.features.report.HtmlTable;
import dev.millrace.features.report.Markup;
import dev.millrace.features.report.Numbers;
import dev.millrace.features.report.ReportPage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An evaluation as one HTML page that needs nothing but itself. */
public final class EvaluationReport {
  private final Evaluation evaluation;
  private final Optional<Comparison> comparison;
  private final Markup page;

  private EvaluationReport(Evaluation evaluation, Optional<Comparison> comparison, Markup page) {
    this.evaluation = evaluation;
    this.comparison = comparison;
    this.page = page;
  }

  /** Writes the page; the writer must encode UTF-8. */
  public static void write(Evaluation evaluation, Writer out) throws IOException {
    write(evaluation, Optional.empty(), out);
  }

  /** Writes the page of the candidate, with the comparison to the baseline. */
  public static void write(Comparison comparison, Writer out) throws IOException {
    write(comparison.candidate(), Optional.of(comparison), out);
  }

  private static void write(Evaluation evaluation, Optional<Comparison> comparison, Writer out)
      throws IOException {
    ReportPage.write(
        "Evaluation of " + evaluation.model(),
        ReportPage.resource(EvaluationReport.class, "evaluation.css"),
        page -> new EvaluationReport(evaluation, comparison, page).render(),
        out);
  }

  private void render() {
    header();
    comparison.ifPresent(it -> new ComparisonSection(it, page).render());
    metrics();
    reliability();
  }

  private void header() {
    BinaryMetrics binary = evaluation.binary();
    page.open("header").element("p", "Millrace · evaluation", "class", "kicker");
    page.open("h1").text("How good is ").element("em", evaluation.model()).close();
    page.open("dl", "class", "facts");
    fact("Rows", Numbers.count(binary.rows()));
    fact("Clicks", Numbers.count(binary.positives()));
    fact("Click rate", Numbers.percent((double) binary.positives() / binary.rows()));
    evaluation.groups().ifPresent(groups -> fact("Groups", Numbers.count(groups.groups())));
    evaluation.config().bootstrap().ifPresent(bootstrap -> fact("Intervals", describe(bootstrap)));
    page.close().close();
  }

  private static String describe(BootstrapConfig bootstrap) {
    return "%s%%, %s replicates, seed %d"
        .formatted(
            Numbers.brief(100 * bootstrap.confidence()),
            Numbers.count(bootstrap.replicates()),
            bootstrap.seed());
  }

  private void fact(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close();
  }

  private void metrics() {
    page.open("section").element("h2", "Metrics");
    HtmlTable table =
        new HtmlTable(page, "Metrics", List.of("<Metric", "Value", "Interval", "<Taken over"));
    for (MetricRow row : MetricRow.of(evaluation)) {
      table.row(row.title(), false).name(row.title());
      table.number(Double.NaN, row.value()).number(Double.NaN, row.interval());
      table.text(row.note()).endRow();
    }
    table.end();
    page.close();
  }

  private void reliability() {
    Reliability reliability = evaluation.reliability();
    Optional<Reliability> baseline = comparison.map(it -> it.baseline().reliability());
    List<Reliability.Bin> shown = new ArrayList<>(reliability.bins());
    baseline.ifPresent(it -> shown.addAll(it.bins()));
    PlotScale scale = PlotScale.of(shown);
    page.open("section").element("h2", "Reliability");
    page.element("p", caption(scale), "class", "caption");
    comparison.ifPresent(this::legend);
    new ReliabilityPlot(page, scale).draw(reliability, baseline);
    bins(reliability);
    page.close();
  }

  private String caption(PlotScale scale) {
    return "Click rate over mean prediction, "
        + (evaluation.reliability().binning() == Reliability.Binning.EQUAL_MASS
            ? "in bins of equally many rows"
            : "in bins of equal width")
        + (scale.isLogarithmic() ? ", on logarithmic axes" : "")
        + ". On the dashed line they agree; below it the model promises more clicks than come. Bars"
        + " at the foot: rows of each bin. Whiskers: Wilson's "
        + Numbers.brief(100 * evaluation.config().confidence())
        + "% interval.";
  }

  private void legend(Comparison compared) {
    page.open("p", "class", "legend");
    key("candidate", compared.candidate().model());
    key("baseline", compared.baseline().model());
    page.close();
  }

  private void key(String style, String model) {
    page.open("span").open("svg", "class", "key", "aria-hidden", "true");
    page.empty("circle", "class", style, "cx", "6", "cy", "6", "r", "5").close();
    page.text(model).close();
  }

  private void bins(Reliability reliability) {
    List<String> header =
        List.of("Mean prediction", "Click rate", "Interval", "Rows", "Clicks", "Least", "Most");
    HtmlTable table = new HtmlTable(page, "Bins", header);
    for (Reliability.Bin bin : reliability.bins()) {
      int decimals = Decimals.of(bin.clickRateInterval().upper() - bin.clickRate());
      table.row("", false);
      table.number(bin.meanPrediction(), Numbers.fixed(bin.meanPrediction(), decimals));
      table.number(bin.clickRate(), Numbers.fixed(bin.clickRate(), decimals));
      table.number(
          bin.clickRateInterval().lower(), MetricRow.range(bin.clickRateInterval(), decimals));
      table.count(bin.rows()).count(bin.clicks());
      table.number(bin.least(), Numbers.brief(bin.least()));
      table.number(bin.most(), Numbers.brief(bin.most())).endRow();
    }
    table.end();
  }
}
