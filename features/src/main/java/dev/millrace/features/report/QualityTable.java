package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.FieldQuality.Bounds;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.RankedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of the data of each field. */
final class QualityTable {
  private static final int NAMED_VALUES = 2;
  private static final int VALUE_LENGTH = 12;

  /** Customary bounds of the population stability index. */
  private static final double MODERATE_DRIFT = 0.1;

  private static final double GREAT_DRIFT = 0.25;

  private final Markup page;

  private QualityTable(Markup page) {
    this.page = page;
  }

  static void render(FeatureRanking ranking, Markup page) {
    List<RankedField> fields = ranking.fields();
    if (!fields.isEmpty()) {
      page.open("section", "id", "quality").element("h2", "State of the data");
      new QualityTable(page).table(fields);
      page.close();
    }
  }

  private void table(List<RankedField> fields) {
    boolean drift = fields.stream().anyMatch(field -> field.quality().drift().isPresent());
    boolean bounds = fields.stream().anyMatch(field -> field.quality().bounds().isPresent());
    HtmlTable table = new HtmlTable(page, "State of the data", header(drift, bounds));
    for (RankedField field : fields) {
      FieldQuality quality = field.quality();
      table.row(field.feature(), false).name(field.feature());
      coverage(quality.coverage());
      counts(quality, table);
      if (drift) {
        drift(quality.drift(), table);
      }
      frequent(quality);
      if (bounds) {
        table.text(quality.bounds().map(QualityTable::range).orElse(""));
      }
      table.endRow();
    }
    table.end();
  }

  private static List<String> header(boolean drift, boolean bounds) {
    List<String> header = new ArrayList<>(List.of("<Field", "Coverage", "Missing", "Values"));
    header.addAll(List.of("Rare values", "In rows", "Bytes"));
    if (drift) {
      header.add("Drift");
    }
    header.add("<Most frequent values");
    if (bounds) {
      header.add("<Least · median · greatest");
    }
    return header;
  }

  private static void counts(FieldQuality quality, HtmlTable table) {
    String estimated = quality.cardinalityEstimated() ? "≈ " : "";
    table.count(quality.missing());
    table.number((double) quality.cardinality(), estimated + Numbers.count(quality.cardinality()));
    table.count(quality.rareValues()).count(quality.rareRows());
    table.number(quality.meanBytes(), Numbers.brief(quality.meanBytes()));
  }

  private void coverage(double coverage) {
    page.open("td", "data-value", Double.toString(coverage)).open("span", "class", "meter");
    page.open("svg", "class", "spark", "aria-hidden", "true");
    page.empty("rect", "class", "track", "width", "100%", "height", "100%");
    page.empty(
        "rect", "class", "fill", "width", Numbers.length(100 * coverage) + "%", "height", "100%");
    page.close().text(Numbers.percent(coverage)).close().close();
  }

  /** The shares of the most frequent values as neighbouring bars, and the first few in words. */
  private void frequent(FieldQuality quality) {
    List<ValueCount> values = quality.mostFrequent();
    String all =
        values.stream().map(value -> describe(value, quality)).collect(Collectors.joining("\n"));
    page.open("td", "class", "left", "title", all).open("span", "class", "meter");
    page.open("svg", "class", "spark", "aria-hidden", "true");
    page.empty("rect", "class", "track", "width", "100%", "height", "100%");
    double from = 0;
    for (ValueCount value : values) {
      double width = 100 * share(value, quality);
      page.empty(
          "rect",
          "class",
          "fill part",
          "x",
          Numbers.length(from) + "%",
          "width",
          Numbers.length(width) + "%",
          "height",
          "100%");
      from += width;
    }
    page.close();
    page.text(
        values.stream()
            .limit(NAMED_VALUES)
            .map(value -> describe(value, quality))
            .collect(Collectors.joining(", ")));
    page.close().close();
  }

  private static String describe(ValueCount value, FieldQuality quality) {
    String name = value.value().isEmpty() ? "(empty)" : value.value();
    return TextTable.cut(name, VALUE_LENGTH) + " " + Numbers.percent(share(value, quality));
  }

  private static double share(ValueCount value, FieldQuality quality) {
    return quality.rows() == 0 ? 0 : (double) value.rows() / quality.rows();
  }

  private static String range(Bounds bounds) {
    return Numbers.brief(bounds.minimum())
        + " · "
        + Numbers.brief(bounds.median())
        + " · "
        + Numbers.brief(bounds.maximum());
  }

  private static void drift(Optional<Double> drift, HtmlTable table) {
    if (drift.isEmpty()) {
      table.number(Double.NaN, "");
      return;
    }
    double value = drift.get();
    String reading = value >= GREAT_DRIFT ? "great " : value >= MODERATE_DRIFT ? "moderate " : "";
    table.number(value, reading + Numbers.fixed(value, 3));
  }
}
