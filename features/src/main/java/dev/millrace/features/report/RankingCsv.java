package dev.millrace.features.report;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.FieldQuality.Bounds;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A ranking as comma-separated values with a header line, best first. Cells are quoted as RFC 4180
 * asks, lines end in a line feed, numbers are written to the last bit, and what is not known is an
 * empty cell. Columns have the names of the JSON of {@link RankingJson}, and its units.
 */
public final class RankingCsv {
  private static final List<String> RELEVANCE =
      List.of(
          "score",
          "lower",
          "upper",
          "mutualInformationNats",
          "noiseNats",
          "standardError",
          "nullDeviation",
          "pValue",
          "adjusted");
  private static final List<String> QUALITY =
      List.of(
          "rows",
          "missing",
          "coverage",
          "cardinality",
          "cardinalityEstimated",
          "entropyNats",
          "rareValues",
          "rareRows",
          "rareCount",
          "meanBytes",
          "mostFrequent",
          "mostFrequentRows",
          "minimum",
          "median",
          "maximum",
          "drift");

  private final Writer out;
  private boolean lineStarted;

  private RankingCsv(Writer out) {
    this.out = out;
  }

  /**
   * Writes a line for each field: {@code feature, origin}, its relevance, the state of its data,
   * {@code traits} as {@code kind} or {@code kind:detail} separated by semicolons, and a column for
   * each other heuristic. Of the most frequent values it holds the first.
   */
  public static void writeFields(FeatureRanking ranking, Writer out) throws IOException {
    RankingCsv csv = new RankingCsv(out);
    List<String> heuristics =
        ranking.fields().stream()
            .flatMap(field -> field.heuristics().keySet().stream())
            .distinct()
            .toList();
    csv.cells("feature", "origin").cells(RELEVANCE).cells(QUALITY).cell("traits");
    csv.cells(heuristics).endLine();
    for (RankedField field : ranking.fields()) {
      csv.cells(field.feature(), field.origin());
      csv.relevance(field.relevance()).quality(field.quality()).cell(traits(field));
      for (String heuristic : heuristics) {
        csv.number(field.heuristics().getOrDefault(heuristic, Double.NaN));
      }
      csv.endLine();
    }
  }

  /** Writes a line for each pair. */
  public static void writePairs(FeatureRanking ranking, Writer out) throws IOException {
    writeGroups(List.of("featureA", "featureB"), ranking.pairs(), out);
  }

  /** Writes a line for each group of three. */
  public static void writeTriples(FeatureRanking ranking, Writer out) throws IOException {
    writeGroups(List.of("featureA", "featureB", "featureC"), ranking.triples(), out);
  }

  private static void writeGroups(List<String> features, List<RankedGroup> groups, Writer out)
      throws IOException {
    RankingCsv csv = new RankingCsv(out);
    csv.cells(features).cells(RELEVANCE);
    csv.cells("cardinality", "gainNats", "interactionNats", "similarity", "redundancyNats");
    csv.cells("conditionalNatsA", "conditionalNatsB").endLine();
    for (RankedGroup group : groups) {
      csv.cells(group.features()).relevance(group.relevance());
      csv.cell(Long.toString(group.cardinality()));
      csv.number(group.gainNats()).number(group.interactionNats());
      csv.number(group.similarity()).number(group.redundancyNats());
      for (int i = 0; i < 2; i++) {
        boolean isPair = i < group.conditionalNats().size();
        csv.number(isPair ? group.conditionalNats().get(i) : Double.NaN);
      }
      csv.endLine();
    }
  }

  private static String traits(RankedField field) {
    return field.traits().stream().map(RankingCsv::trait).collect(Collectors.joining(";"));
  }

  private static String trait(Trait trait) {
    String name = Traits.name(trait.kind());
    return trait.detail().isEmpty() ? name : name + ":" + trait.detail();
  }

  private RankingCsv relevance(Relevance relevance) throws IOException {
    return number(relevance.score())
        .number(relevance.lower())
        .number(relevance.upper())
        .number(relevance.mutualInformationNats())
        .number(relevance.noiseNats())
        .number(relevance.standardError())
        .number(relevance.nullDeviation())
        .number(relevance.pValue())
        .number(relevance.adjusted());
  }

  private RankingCsv quality(FieldQuality quality) throws IOException {
    cell(Long.toString(quality.rows())).cell(Long.toString(quality.missing()));
    number(quality.coverage()).cell(Long.toString(quality.cardinality()));
    cell(Boolean.toString(quality.cardinalityEstimated())).number(quality.entropyNats());
    cell(Long.toString(quality.rareValues())).cell(Long.toString(quality.rareRows()));
    cell(Long.toString(quality.rareCount())).number(quality.meanBytes());
    List<ValueCount> frequent = quality.mostFrequent();
    cell(frequent.isEmpty() ? "" : frequent.get(0).value());
    cell(frequent.isEmpty() ? "" : Long.toString(frequent.get(0).rows()));
    number(quality.bounds().map(Bounds::minimum).orElse(Double.NaN));
    number(quality.bounds().map(Bounds::median).orElse(Double.NaN));
    number(quality.bounds().map(Bounds::maximum).orElse(Double.NaN));
    return number(quality.drift().orElse(Double.NaN));
  }

  private RankingCsv number(double value) throws IOException {
    return cell(Double.isNaN(value) ? "" : Double.toString(value));
  }

  private RankingCsv cells(String... cells) throws IOException {
    return cells(List.of(cells));
  }

  private RankingCsv cells(List<String> cells) throws IOException {
    for (String cell : cells) {
      cell(cell);
    }
    return this;
  }

  private RankingCsv cell(String cell) throws IOException {
    if (lineStarted) {
      out.write(',');
    }
    lineStarted = true;
    if (cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      out.write('"' + cell.replace("\"", "\"\"") + '"');
    } else {
      out.write(cell);
    }
    return this;
  }

  private void endLine() throws IOException {
    out.write('\n');
    lineStarted = false;
  }
}
