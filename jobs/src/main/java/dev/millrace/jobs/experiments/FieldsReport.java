package dev.millrace.jobs.experiments;

import dev.millrace.features.report.Markup;
import dev.millrace.features.report.ReportPage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The test AUC over the number of fields as a page with one figure: a line for each ranking. */
final class FieldsReport {
  private static final String TITLE = "Test AUC of the K best fields";
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final int LEFT = 60;
  private static final int BOTTOM = 30;
  private static final double STEP = 0.05;

  private static final String[] COLORS = {
    "var(--bar)", "var(--similarity)", "var(--warn)", "var(--synergy)", "var(--noise)"
  };

  private final Map<String, List<List<Trial>>> curves;
  private final int fields;
  private final double low;
  private final double high;

  private FieldsReport(FieldsResult result) {
    this.curves = result.curves();
    this.fields = result.figures().size();
    List<Double> aucs =
        curves.values().stream().flatMap(List::stream).map(FieldsReport::auc).toList();
    this.low = STEP * Math.floor(aucs.stream().min(Double::compare).orElseThrow() / STEP);
    this.high = STEP * Math.ceil(aucs.stream().max(Double::compare).orElseThrow() / STEP);
  }

  /** Writes the page; the writer must encode UTF-8. */
  static void write(FieldsResult result, Writer out) throws IOException {
    FieldsReport report = new FieldsReport(result);
    ReportPage.write(TITLE, "", report::body, out);
  }

  private void body(Markup page) {
    page.element("h1", TITLE);
    page.element(
        "p",
        "K counts fields in the order of each ranking; a point is the mean of the trials.",
        "class",
        "caption");
    page.open("figure");
    page.open("svg", "viewBox", "0 0 " + (WIDTH + 180) + " " + HEIGHT, "role", "img");
    grid(page);
    int line = 0;
    for (Map.Entry<String, List<List<Trial>>> curve : curves.entrySet()) {
      curve(page, line++, curve.getKey(), curve.getValue());
    }
    page.close().close();
  }

  private void grid(Markup page) {
    for (int k = 1; k <= fields; k++) {
      page.element(
          "text", Integer.toString(k), "x", coordinate(x(k)), "y", "" + HEIGHT, "class", "tick");
    }
    for (int i = 0; low + i * STEP < high + STEP / 2; i++) {
      double auc = low + i * STEP;
      String y = coordinate(y(auc));
      page.empty("line", "x1", "" + LEFT, "x2", "" + WIDTH, "y1", y, "y2", y, "class", "grid");
      page.element(
          "text",
          String.format(Locale.ROOT, "%.2f", auc),
          "x",
          "" + LEFT / 2,
          "y",
          y,
          "class",
          "tick");
    }
  }

  private void curve(Markup page, int line, String ranking, List<List<Trial>> trials) {
    List<String> points = new ArrayList<>();
    for (int k = 1; k <= trials.size(); k++) {
      points.add(coordinate(x(k)) + "," + coordinate(y(auc(trials.get(k - 1)))));
    }
    String color = COLORS[line % COLORS.length];
    page.empty(
        "polyline",
        "points",
        String.join(" ", points),
        "style",
        "fill: none; stroke-width: 2; stroke: " + color);
    page.element(
        "text",
        ranking,
        "x",
        "" + (WIDTH + 20),
        "y",
        "" + (40 + 24 * line),
        "style",
        "fill: " + color);
  }

  private double x(int k) {
    return LEFT + 10 + (WIDTH - LEFT - 20) * (k - 1.0) / Math.max(1, fields - 1);
  }

  private double y(double auc) {
    return 10 + (HEIGHT - BOTTOM - 10) * (high - auc) / Math.max(STEP, high - low);
  }

  private static double auc(List<Trial> trials) {
    return TrialTable.mean(trials, Trial::auc);
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
