package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingJsonTest {
  @Test
  void shouldKeepTheNamesThatProgramsReadBestFirst() throws IOException {
    JsonNode json =
        write(
            Rankings.ranking(
                List.of(
                    Rankings.field("site", Rankings.STRONG),
                    Rankings.field(
                        "noise", Rankings.NOTHING, new Trait(Trait.Kind.NEAR_CONSTANT, "0.999"))),
                List.of(Rankings.pair("site", "noise", -0.01, 0.2))));

    assertThat(json.get("rows").asLong()).isEqualTo(Rankings.ROWS);
    assertThat(json.get("label").asText()).isEqualTo("click");
    JsonNode best = json.get("features").get(0);
    assertThat(best.get("feature").asText()).isEqualTo("site");
    assertThat(best.get("score").asDouble()).isEqualTo(0.05);
    assertThat(best.get("mutualInformationNats").asDouble()).isEqualTo(0.05 + 0.001);
    assertThat(best.get("noiseNats").asDouble()).isEqualTo(0.001);
    assertThat(best.get("cardinality").asLong()).isEqualTo(1_234);
    assertThat(best.get("coverage").asDouble()).isEqualTo(0.75);
    JsonNode trait = json.get("features").get(1).get("traits").get(0);
    assertThat(trait.get("kind").asText()).isEqualTo("near-constant");
    assertThat(trait.get("detail").asText()).isEqualTo("0.999");
    JsonNode pair = json.get("pairs").get(0);
    assertThat(pair.get("features")).extracting(JsonNode::asText).containsExactly("site", "noise");
    assertThat(pair.get("score").asDouble()).isEqualTo(0.05);
    assertThat(json.get("selections").get(0).get("steps").get(0).get("feature").asText())
        .isEqualTo("site");
  }

  @Test
  void shouldWriteNullForWhatIsNoNumberAndLeaveOutWhatDoesNotApply() throws IOException {
    JsonNode json = write(Rankings.hostile());

    assertThat(json.get("pairs").get(0).get("similarity").isNull()).isTrue();
    assertThat(json.get("features").get(0).get("heuristics").get("surrogate").isNull()).isTrue();
    assertThat(json.get("features").get(0).get("drift").asDouble()).isEqualTo(0.3);
    assertThat(json.get("features").get(1).has("drift")).isFalse();
    assertThat(json.get("triples").get(0).has("similarity")).isFalse();
    assertThat(json.get("source").asText()).isEqualTo(Rankings.hostile().source());
  }

  @Test
  void shouldBeOneLineAndLeaveTheWriterOpen() throws IOException {
    boolean[] closed = {false};
    StringWriter out =
        new StringWriter() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    RankingJson.write(Rankings.hostile(), out);

    assertThat(out.toString()).startsWith("{").endsWith("}").doesNotContain("\n");
    assertThat(closed[0]).isFalse();
  }

  private static JsonNode write(FeatureRanking ranking) throws IOException {
    StringWriter out = new StringWriter();
    RankingJson.write(ranking, out);
    return new ObjectMapper().readTree(out.toString());
  }
}
