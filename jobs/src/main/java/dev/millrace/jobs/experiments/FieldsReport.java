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
  private static final int HEIGHT = 420;
  private static final int LEFT = 50;
  private static final int BOTTOM = 46;
  private static final double STEP = 0.05;

  /** On a narrow screen the figure scrolls: its texts stay as large as they are. */
  private static final String STYLE =
      """
      .curves { width: %1$dpx; height: %2$dpx; }
      .curves polyline, .legend line { fill: none; stroke-width: 2; }
      .legend svg { width: 30px; height: 10px; }
      """
          .formatted(WIDTH, HEIGHT);

  /** Told apart by their dashes, too. */
  private enum Stroke {
    FIRST("bar", null),
    SECOND("similarity", "9 4"),
    THIRD("redundancy", "2 3"),
    FOURTH("synergy", "9 3 2 3"),
    FIFTH("soft", "4 4");

    private final String style;
    private final String dashes;

    Stroke(String color, String dashes) {
      this.style = "stroke: var(--" + color + ")";
      this.dashes = dashes;
    }

    static Stroke of(int line) {
      return values()[line % values().length];
    }
  }

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
    ReportPage.write(TITLE, STYLE, report::body, out);
  }

  private void body(Markup page) {
    page.element("h1", TITLE);
    page.element(
        "p",
        "K counts fields in the order of each ranking; a point is the mean of the trials.",
        "class",
        "caption");
    page.open("figure");
    legend(page);
    page.open("div", "class", "scroll", "tabindex", "0");
    String box = "0 0 " + WIDTH + " " + HEIGHT;
    page.open("svg", "class", "curves", "viewBox", box, "role", "img", "aria-label", TITLE);
    grid(page);
    int line = 0;
    for (List<List<Trial>> curve : curves.values()) {
      curve(page, Stroke.of(line++), curve);
    }
    page.close().close().close();
  }

  private void legend(Markup page) {
    page.open("p", "class", "legend");
    int line = 0;
    for (String ranking : curves.keySet()) {
      Stroke stroke = Stroke.of(line++);
      page.open("span").open("svg", "aria-hidden", "true");
      page.empty(
          "line",
          "x1",
          "0",
          "x2",
          "30",
          "y1",
          "5",
          "y2",
          "5",
          "style",
          stroke.style,
          "stroke-dasharray",
          stroke.dashes);
      page.close().text(ranking).close();
    }
    page.close();
  }

  private void grid(Markup page) {
    String ticks = Integer.toString(HEIGHT - BOTTOM + 20);
    for (int k = 1; k <= fields; k++) {
      page.element("text", Integer.toString(k), "x", coordinate(x(k)), "y", ticks, "class", "tick");
    }
    String middle = coordinate((LEFT + WIDTH) / 2.0);
    page.element(
        "text", "K, fields", "x", middle, "y", Integer.toString(HEIGHT - 6), "class", "tick");
    for (int i = 0; low + i * STEP < high + STEP / 2; i++) {
      double auc = low + i * STEP;
      String y = coordinate(y(auc));
      page.empty("line", "x1", "" + LEFT, "x2", "" + WIDTH, "y1", y, "y2", y, "class", "grid");
      String value = String.format(Locale.ROOT, "%.2f", auc);
      page.element("text", value, "x", "" + LEFT / 2, "y", y, "dy", "4", "class", "tick");
    }
  }

  private void curve(Markup page, Stroke stroke, List<List<Trial>> trials) {
    List<String> points = new ArrayList<>();
    for (int k = 1; k <= trials.size(); k++) {
      points.add(coordinate(x(k)) + "," + coordinate(y(auc(trials.get(k - 1)))));
    }
    page.empty(
        "polyline",
        "points",
        String.join(" ", points),
        "style",
        stroke.style,
        "stroke-dasharray",
        stroke.dashes);
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
