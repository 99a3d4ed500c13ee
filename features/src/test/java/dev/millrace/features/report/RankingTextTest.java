package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTextTest {
  @Test
  void shouldShowTheBestFieldsAndSayHowManyMoreThereAre() throws IOException {
    List<String> lines = write(Rankings.ofFields(12), 10);

    assertThat(lines).filteredOn(line -> line.contains("field_")).hasSize(10);
    assertThat(lines).last().isEqualTo("and 2 more fields");
  }

  @Test
  void shouldShowPairsWithGainAndInteraction() throws IOException {
    List<String> lines =
        write(
            Rankings.ranking(
                List.of(Rankings.field("site", Rankings.STRONG)),
                List.of(Rankings.pair("site", "hour", -0.25, 0.125))),
            5);

    assertThat(lines)
        .last()
        .satisfies(
            line ->
                assertThat(line.split(" +"))
                    .containsExactly(
                        "1",
                        "site",
                        "×",
                        "hour",
                        "0.050000",
                        "0.002576",
                        "0.260000",
                        "-0.250000",
                        "0.250",
                        "0.125"));
  }

  @Test
  void shouldKeepEveryLineWithinAHundredCharactersAndColumnsAligned() throws IOException {
    String name = "a_name_much_longer_than_any_column_of_a_terminal_would_hold_";
    FeatureRanking ranking =
        Rankings.ranking(
            List.of(
                Rankings.field(name + 1, Rankings.STRONG, new Trait(Trait.Kind.DUPLICATE, name)),
                Rankings.field("x", Rankings.NOTHING, new Trait(Trait.Kind.NOISE, ""))),
            List.of(
                Rankings.pair(name + 1, "x", 0.001, 0.5), Rankings.pair(name, name, 0.001, 0.5)));

    List<String> lines = write(ranking, 5);

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(lines.get(4).indexOf("0.050000") + "0.050000".length())
        .isEqualTo(lines.get(5).indexOf("-0.000200") + "-0.000200".length());
    assertThat(lines.get(4)).contains("…").endsWith("…");
  }

  @Test
  void shouldNotLetControlCharactersOfADataSetReachTheTerminal() throws IOException {
    FeatureRanking ranking =
        Rankings.ranking(
            List.of(
                Rankings.field(
                    "\u001b[2Jwiped",
                    Rankings.STRONG,
                    new Trait(Trait.Kind.RELABELLED, "bell\u0007"))),
            List.of(Rankings.pair("\u009b31m", "b\nc", 0, 0)));

    List<String> lines = write(ranking, 5);

    assertThat(lines).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
    assertThat(lines).anyMatch(line -> line.contains("\uFFFD[2Jwiped"));
  }

  @Test
  void shouldShowTriplesWithoutASimilarity() throws IOException {
    FeatureRanking ranking = Rankings.hostile();

    List<String> lines = write(ranking, 5);

    RankedGroup triple = ranking.triples().get(0);
    assertThat(triple.features()).contains("hour");
    assertThat(lines).last().satisfies(line -> assertThat(line).contains("hour").endsWith("-"));
  }

  @Test
  void shouldRefuseALimitBelowOne() {
    assertThatThrownBy(() -> write(Rankings.ofFields(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be >= 1, found 0");
  }

  private static List<String> write(FeatureRanking ranking, int limit) throws IOException {
    StringWriter out = new StringWriter();
    RankingText.write(ranking, limit, out);
    // Not lines(): a carriage return of a data set must be seen.
    return List.of(out.toString().split("\n"));
  }
}
