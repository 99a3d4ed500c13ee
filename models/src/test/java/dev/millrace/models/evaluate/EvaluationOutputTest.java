package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class EvaluationOutputTest {
  private static final String HOSTILE = "<script>alert('x')</script>\u001b[31m";

  private final EvaluationConfig config =
      new EvaluationConfig(
          Reliability.Binning.EQUAL_WIDTH, 10, 5, Optional.of(new BootstrapConfig(40, 0.95, 1)));
  private final Evaluation baseline = evaluate("before", 0.3);
  private final Evaluation candidate = evaluate(HOSTILE, 0.8);
  private final Comparison comparison = Comparison.of(baseline, candidate);

  @Test
  void shouldKeepTheNamesOfTheJson() {
    JsonNode json = EvaluationJson.of(comparison);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "rows",
            "clicks",
            "auc",
            "aucStandardError",
            "logLoss",
            "calibration",
            "ece",
            "brier",
            "gauc",
            "meanGroupAuc",
            "ndcg@5",
            "groups",
            "rankedGroups",
            "clickedGroups",
            "intervals",
            "reliability",
            "comparison");
    assertThat(json.get("rows").asLong()).isEqualTo(500);
    assertThat(json.get("auc").asDouble()).isEqualTo(candidate.value(Metric.AUC).getAsDouble());
    assertThat(json.at("/intervals/ndcg@5/1").asDouble())
        .isEqualTo(candidate.interval(Metric.NDCG).orElseThrow().upper());
    assertThat(json.at("/reliability/bins/0/clickRateInterval/0").isNumber()).isTrue();
    assertThat(json.at("/comparison/auc/significant").asBoolean()).isTrue();
    assertThat(json.at("/comparison/auc/verdict").asText()).contains("is better by");
  }

  @Test
  void shouldWriteNullForWhatTheRowsDoNotDefine() {
    Scores one = Scores.of(new float[] {0.5f}, new float[] {0});
    JsonNode json = EvaluationJson.of(Evaluation.of("a", one, config, BootstrapListener.SILENT));
    assertThat(json.get("auc").isNull()).isTrue();
    assertThat(json.get("calibration").isNull()).isTrue();
    assertThat(json.get("logLoss").isNumber()).isTrue();
    assertThat(json.has("gauc")).isFalse();
  }

  @Test
  void shouldSayWhyAMetricIsUndefined() throws Exception {
    assertThat(text(Scores.of(new float[] {0.5f, 0.6f}, new float[] {0, 0})))
        .containsPattern("AUC +- +undefined: all labels are 0\n")
        .containsPattern("calibration +- +undefined: all labels are 0\n");
    assertThat(text(Scores.of(new float[] {0.5f, 0.6f}, new float[] {1, 1})))
        .containsPattern("AUC +- +undefined: all labels are 1\n")
        .containsPattern("calibration +0.55.* best at 1\n");
    assertThat(text(Scores.ungrouped()))
        .containsPattern("log loss +- +undefined: there is no row\n");
    Scores lone = Scores.grouped();
    lone.add(0.5f, 0, 1);
    assertThat(text(lone))
        .containsPattern("GAUC +- +undefined: no group has both classes\n")
        .containsPattern("NDCG@5 +- +undefined: no group has a click\n");
  }

  private String text(Scores scores) throws Exception {
    StringWriter out = new StringWriter();
    EvaluationText.write(Evaluation.of("a", scores, config, BootstrapListener.SILENT), out);
    return out.toString();
  }

  @Test
  void shouldFitATerminal() throws Exception {
    StringWriter out = new StringWriter();
    EvaluationText.write(Comparison.of(evaluate(HOSTILE, 0.8), evaluate("after", 0.3)), out);
    assertThat(out.toString())
        .startsWith("after: 500 rows, ")
        .contains("metric", "95% interval", "NDCG@5", "against <script>")
        .doesNotContain("\u001b");
  }

  @Test
  void shouldWriteAPageThatNeedsNothingButItselfAndEscapesNames() throws Exception {
    String page = page(comparison);
    assertThat(page).doesNotContain("<script>alert", "http://", "https://", "url(", "@import");
    Document document = parse(page);
    assertThat(document.getElementsByTagName("h2").getLength()).isEqualTo(3);
    int bins = candidate.reliability().bins().size() + baseline.reliability().bins().size();
    // A dot for each bin of each model and two in the legend.
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(bins + 2);
  }

  @Test
  void shouldWriteAPageForNoRows() throws Exception {
    StringWriter out = new StringWriter();
    Evaluation empty = Evaluation.of("a", Scores.ungrouped(), config, BootstrapListener.SILENT);
    EvaluationReport.write(empty, out);
    assertThat(parse(out.toString()).getElementsByTagName("circle").getLength()).isZero();
  }

  private Evaluation evaluate(String model, double skill) {
    Scores scores = RandomScores.grouped(2, 500, 50, skill, 1 << 20);
    return Evaluation.of(model, scores, config, BootstrapListener.SILENT);
  }

  private static String page(Comparison comparison) throws Exception {
    StringWriter out = new StringWriter();
    EvaluationReport.write(comparison, out);
    return out.toString();
  }

  /** The page is written as well-formed XML, but for the text of its script and style. */
  private static Document parse(String page) throws Exception {
    String body = page.replaceAll("(?s)<(script|style)>.*?</\\1>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }
}
