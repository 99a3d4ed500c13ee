package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Trait;
import java.util.List;

/** The best fields as bars of their scores with 99% intervals. */
final class FieldBars {
  /** Beyond it a reader searches instead of looking. */
  private static final int MOST = 60;

  private final Markup page;
  private final ScoreAxis axis;

  private FieldBars(Markup page, ScoreAxis axis) {
    this.page = page;
    this.axis = axis;
  }

  static void render(FeatureRanking ranking, Markup page) {
    List<RankedField> shown = ranking.fields().subList(0, Math.min(MOST, ranking.fields().size()));
    if (shown.isEmpty()) {
      return;
    }
    ScoreAxis axis = ScoreAxis.of(shown.stream().map(RankedField::relevance).toList());
    page.open("section", "id", "fields").element("h2", "Fields, best first");
    page.element("p", caption(shown.size(), ranking.fields().size(), axis), "class", "caption");
    new FieldBars(page, axis).render(shown);
    page.close();
  }

  private static String caption(int shown, int all, ScoreAxis axis) {
    return (shown < all ? "The best " + shown + " of " + Numbers.count(all) + " fields. " : "")
        + "Score in nats, 0 where a field tells what chance would; lines are 99% intervals;"
        + " grey bars are noise. "
        + (axis.isLinear()
            ? "The axis is linear."
            : "The axis is linear within ±"
                + Numbers.brief(axis.bend())
                + " and logarithmic beyond, so compare positions, not lengths.");
  }

  private void render(List<RankedField> fields) {
    page.open("div", "class", "bars");
    axisRow();
    page.open("ol", "data-filter", "");
    for (RankedField field : fields) {
      row(field);
    }
    page.close();
    axisRow();
    page.close();
  }

  private void axisRow() {
    page.open("div", "class", "axis", "aria-hidden", "true").open("svg");
    for (double tick : axis.ticks()) {
      page.element("text", Numbers.brief(tick), "x", percent(tick), "y", "11");
    }
    page.close().close();
  }

  private void row(RankedField field) {
    Relevance relevance = field.relevance();
    boolean noise = field.is(Trait.Kind.NOISE);
    page.open("li", "class", noise ? "noise" : null, "data-name", field.feature());
    page.element("span", field.feature(), "class", "name", "title", field.feature());
    plot(relevance);
    page.element("span", Numbers.nats(relevance.score()), "class", "score");
    page.open("span", "class", "traits");
    if (!field.origin().equals("field")) {
      page.element("i", field.origin(), "class", "origin");
    }
    for (Trait trait : field.traits()) {
      page.element("i", Traits.phrase(trait), "class", Traits.name(trait.kind()));
    }
    page.close().close();
  }

  private void plot(Relevance relevance) {
    page.open("svg", "class", "plot", "aria-hidden", "true").element("title", reading(relevance));
    for (double tick : axis.ticks()) {
      String style = tick == 0 ? "zero" : "grid";
      vertical(style, tick, "0", "100%");
    }
    double from = Math.min(axis.percent(0), axis.percent(relevance.score()));
    double to = Math.max(axis.percent(0), axis.percent(relevance.score()));
    page.empty(
        "rect",
        "class",
        "bar",
        "x",
        Numbers.length(from) + "%",
        "y",
        "5",
        "width",
        Numbers.length(to - from) + "%",
        "height",
        "12");
    String lower = percent(relevance.lower());
    String upper = percent(relevance.upper());
    page.empty("line", "class", "whisker", "x1", lower, "x2", upper, "y1", "11", "y2", "11");
    vertical("whisker", relevance.lower(), "8", "14");
    vertical("whisker", relevance.upper(), "8", "14");
    page.close();
  }

  private void vertical(String style, double score, String top, String bottom) {
    String x = percent(score);
    page.empty("line", "class", style, "x1", x, "x2", x, "y1", top, "y2", bottom);
  }

  private String percent(double score) {
    return Numbers.length(axis.percent(score)) + "%";
  }

  private static String reading(Relevance relevance) {
    return "score "
        + Numbers.nats(relevance.score())
        + ", 99% interval "
        + Numbers.nats(relevance.lower())
        + " to "
        + Numbers.nats(relevance.upper())
        + ", p "
        + Numbers.pValue(relevance.pValue());
  }
}
