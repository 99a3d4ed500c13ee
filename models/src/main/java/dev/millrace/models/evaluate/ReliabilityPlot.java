package dev.millrace.models.evaluate;

import dev.millrace.features.report.Markup;
import dev.millrace.features.report.Numbers;
import java.util.Optional;

/** Click rates over predictions as a drawing, with the line on which they agree. */
final class ReliabilityPlot {
  /** The height of the fullest bin's bar, percent of the drawing. */
  private static final double MOST_BAR = 14;

  private final Markup page;
  private final PlotScale scale;

  ReliabilityPlot(Markup page, PlotScale scale) {
    this.page = page;
    this.scale = scale;
  }

  /** Draws a model, before it another where there is one. */
  void draw(Reliability reliability, Optional<Reliability> baseline) {
    String label = "Click rate over mean prediction";
    page.open("svg", "class", "reliability", "role", "img", "aria-label", label);
    rows(reliability);
    axes();
    baseline.ifPresent(it -> points(it, "baseline"));
    points(reliability, "candidate");
    page.close();
  }

  private void axes() {
    for (double tick : scale.ticks()) {
      String x = x(tick);
      String y = y(tick);
      page.empty("line", "class", "grid", "x1", x, "x2", x, "y1", "0", "y2", "100%");
      page.empty("line", "class", "grid", "x1", "0", "x2", "100%", "y1", y, "y2", y);
      String text = Numbers.brief(tick);
      page.element("text", text, "class", "tick", "x", x, "y", "100%", "dy", "18");
      page.element("text", text, "class", "tick side", "x", "0", "dx", "-8", "y", y, "dy", "4");
    }
    page.empty("line", "class", "ideal", "x1", "0", "y1", "100%", "x2", "100%", "y2", "0");
    page.element("text", "mean prediction", "class", "tick", "x", "50%", "y", "100%", "dy", "38");
  }

  /** How many rows each bin holds, at the foot. */
  private void rows(Reliability reliability) {
    long most = reliability.bins().stream().mapToLong(Reliability.Bin::rows).max().orElse(1);
    for (Reliability.Bin bin : reliability.bins()) {
      double height = MOST_BAR * bin.rows() / most;
      double from = scale.percent(bin.least());
      double width = scale.percent(bin.most()) - from;
      page.open(
          "rect",
          "class",
          "rows",
          "x",
          Numbers.length(from) + "%",
          "width",
          // A bin of one probability has no width.
          Numbers.length(Math.max(width, 0.4)) + "%",
          "y",
          Numbers.length(100 - height) + "%",
          "height",
          Numbers.length(height) + "%");
      page.element("title", Numbers.count(bin.rows()) + " rows").close();
    }
  }

  /** The click rates of the bins with their intervals. */
  private void points(Reliability reliability, String style) {
    page.open("g", "class", style);
    Reliability.Bin before = null;
    for (Reliability.Bin bin : reliability.bins()) {
      String x = x(bin.meanPrediction());
      String y = y(bin.clickRate());
      if (before != null) {
        String fromX = x(before.meanPrediction());
        String fromY = y(before.clickRate());
        page.empty("line", "class", "curve", "x1", fromX, "y1", fromY, "x2", x, "y2", y);
      }
      Interval interval = bin.clickRateInterval();
      String low = y(interval.lower());
      String high = y(interval.upper());
      page.empty("line", "class", "error", "x1", x, "x2", x, "y1", low, "y2", high);
      page.open("circle", "cx", x, "cy", y, "r", "4").element("title", reading(bin)).close();
      before = bin;
    }
    page.close();
  }

  private static String reading(Reliability.Bin bin) {
    return "predicted %s, clicked %s (%s to %s), %s rows"
        .formatted(
            Numbers.brief(bin.meanPrediction()),
            Numbers.brief(bin.clickRate()),
            Numbers.brief(bin.clickRateInterval().lower()),
            Numbers.brief(bin.clickRateInterval().upper()),
            Numbers.count(bin.rows()));
  }

  private String x(double probability) {
    return Numbers.length(scale.percent(probability)) + "%";
  }

  private String y(double probability) {
    return Numbers.length(100 - scale.percent(probability)) + "%";
  }
}
