package dev.millrace.features.report;

import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Trait;
import java.util.List;

/** What was ranked, in a title, a sentence and a few facts. */
final class ReportHeader {
  /** Values of the label that are named; the others are put together. */
  private static final int NAMED_LABELS = 6;

  private ReportHeader() {}

  static void render(FeatureRanking ranking, Markup page) {
    page.open("header");
    page.element("p", "Millrace · feature ranking", "class", "kicker");
    page.open("h1").text("What tells about ").element("em", ranking.label()).close();
    page.element("p", summary(ranking), "class", "lead");
    page.open("dl", "class", "facts");
    fact(page, "Source", ranking.source());
    fact(page, "Rows", Numbers.count(ranking.rows()));
    fact(page, "Malformed rows", Numbers.count(ranking.malformed()));
    fact(page, "Fields", Numbers.count(ranking.fields().size()));
    fact(page, "Entropy of the label", Numbers.brief(ranking.labelEntropyNats()) + " nats");
    fact(page, "Baseline", baseline(ranking.baseline()));
    page.close();
    labels(ranking, page);
    page.close();
  }

  private static void fact(Markup page, String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close();
  }

  private static String baseline(Baseline baseline) {
    return switch (baseline) {
      case EXPECTED -> "expected under independence";
      case SHIFTED -> "shifted rows, as OutRank";
      case NONE -> "none, plain mutual information";
    };
  }

  private static String summary(FeatureRanking ranking) {
    List<RankedField> fields = ranking.fields();
    long telling = fields.stream().filter(ReportHeader::tells).count();
    long noise = fields.size() - telling;
    StringBuilder text = new StringBuilder();
    text.append(telling == 1 ? "One field tells" : Numbers.count(telling) + " fields tell");
    text.append(" more than chance would, ").append(Numbers.count(noise));
    text.append(noise == 1 ? " is noise." : " are noise.");
    fields.stream()
        .filter(ReportHeader::tells)
        .findFirst()
        .ifPresent(best -> text.append(best(best, ranking.labelEntropyNats())));
    return text.toString();
  }

  private static boolean tells(RankedField field) {
    return !field.is(Trait.Kind.NOISE);
  }

  private static String best(RankedField best, double entropy) {
    String name = " The best, " + best.feature() + ", ";
    return best.is(Trait.Kind.LEAK)
        ? name + "determines the label: a leak, or the label itself."
        : name
            + "takes away "
            + Numbers.percent(best.relevance().score() / entropy)
            + " of what is uncertain about the label.";
  }

  private static void labels(FeatureRanking ranking, Markup page) {
    List<ValueCount> labels = ranking.labels();
    List<ValueCount> named = labels.subList(0, Math.min(NAMED_LABELS, labels.size()));
    page.open("figure", "class", "labels");
    page.open("svg", "class", "stack", "aria-hidden", "true");
    double from = 0;
    for (int i = 0; i < named.size(); i++) {
      double width = 100 * share(named.get(i), ranking);
      String shade = Numbers.length(Math.max(0.15, 0.9 - 0.25 * i));
      page.empty(
          "rect",
          "x",
          Numbers.length(from) + "%",
          "width",
          Numbers.length(width) + "%",
          "height",
          "100%",
          "fill-opacity",
          shade);
      from += width;
    }
    page.close().open("figcaption");
    page.text("Values of " + ranking.label() + ": ");
    for (int i = 0; i < named.size(); i++) {
      page.text(i == 0 ? "" : " · ").element("b", named.get(i).value());
      page.text(" " + Numbers.percent(share(named.get(i), ranking)));
    }
    int others = labels.size() - named.size();
    page.text(others == 0 ? "" : " · and " + Numbers.count(others) + " more").close().close();
  }

  private static double share(ValueCount value, FeatureRanking ranking) {
    return ranking.rows() == 0 ? 0 : (double) value.rows() / ranking.rows();
  }
}
