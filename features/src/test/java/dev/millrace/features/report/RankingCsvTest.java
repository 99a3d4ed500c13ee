package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingCsvTest {
  @Test
  void shouldWriteALineForEachFieldBestFirst() throws IOException {
    FeatureRanking ranking =
        Rankings.ranking(
            List.of(
                Rankings.field("site", Rankings.STRONG),
                Rankings.field(
                    "noise",
                    Rankings.NOTHING,
                    new Trait(Trait.Kind.NOISE, "p=0.25"),
                    new Trait(Trait.Kind.MISSING_HEAVY, ""))),
            List.of());

    List<Map<String, String>> lines = parse(fields(ranking));

    assertThat(lines).extracting(line -> line.get("feature")).containsExactly("site", "noise");
    assertThat(lines.get(0))
        .containsEntry("score", "0.05")
        .containsEntry("coverage", "0.75")
        .containsEntry("cardinality", "1234")
        .containsEntry("mostFrequent", "a")
        .containsEntry("mostFrequentRows", "4000")
        .containsEntry("minimum", "")
        .containsEntry("drift", "");
    assertThat(lines.get(1)).containsEntry("traits", "noise:p=0.25;missing-heavy");
  }

  @Test
  void shouldQuoteWhatWouldBreakALine() throws IOException {
    FeatureRanking ranking = Rankings.hostile();

    List<Map<String, String>> lines = parse(fields(ranking));

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .containsEntry("feature", ranking.fields().get(0).feature())
        .containsEntry(
            "mostFrequent", ranking.fields().get(0).quality().mostFrequent().get(0).value())
        .containsEntry("median", "0.5")
        .containsEntry("surrogate", "");
  }

  @Test
  void shouldWritePairsAndTriplesWithAColumnForEachOfTheirFields() throws IOException {
    StringWriter pairs = new StringWriter();
    StringWriter triples = new StringWriter();

    RankingCsv.writePairs(Rankings.hostile(), pairs);
    RankingCsv.writeTriples(Rankings.hostile(), triples);

    assertThat(parse(pairs.toString()))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("featureB", "site")
                    .containsEntry("interactionNats", "-0.5")
                    .containsEntry("similarity", ""));
    assertThat(parse(triples.toString()))
        .singleElement()
        .satisfies(line -> assertThat(line).containsEntry("featureC", "hour"));
  }

  private static String fields(FeatureRanking ranking) throws IOException {
    StringWriter out = new StringWriter();
    RankingCsv.writeFields(ranking, out);
    return out.toString();
  }

  private static List<Map<String, String>> parse(String csv) throws IOException {
    try (MappingIterator<Map<String, String>> lines =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(csv)) {
      return lines.readAll();
    }
  }
}
