package dev.millrace.features.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.FieldQuality.Bounds;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Selection;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ranking as one JSON object on one line. Names are those of the records; quantities in nats and
 * shares in [0,1]. A number that is not finite is a null, and what does not apply is left out.
 */
public final class RankingJson {
  private final JsonGenerator json;

  private RankingJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the ranking; the writer is flushed and left open. */
  public static void write(FeatureRanking ranking, Writer out) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      new RankingJson(json).ranking(ranking);
    }
  }

  private void ranking(FeatureRanking ranking) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", ranking.rows());
    json.writeStringField("label", ranking.label());
    json.writeStringField("source", ranking.source());
    json.writeNumberField("malformed", ranking.malformed());
    json.writeStringField("baseline", ranking.baseline().name().toLowerCase(Locale.ROOT));
    number("labelEntropyNats", ranking.labelEntropyNats());
    values("labels", ranking.labels());
    json.writeArrayFieldStart("features");
    for (RankedField field : ranking.fields()) {
      field(field);
    }
    json.writeEndArray();
    groups("pairs", ranking.pairs());
    groups("triples", ranking.triples());
    json.writeArrayFieldStart("selections");
    for (Selection selection : ranking.selections()) {
      selection(selection);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void field(RankedField field) throws IOException {
    json.writeStartObject();
    json.writeStringField("feature", field.feature());
    json.writeStringField("origin", field.origin());
    relevance(field.relevance());
    quality(field.quality());
    json.writeArrayFieldStart("traits");
    for (Trait trait : field.traits()) {
      json.writeStartObject();
      json.writeStringField("kind", Traits.name(trait.kind()));
      json.writeStringField("detail", trait.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("heuristics");
    for (Map.Entry<String, Double> heuristic : field.heuristics().entrySet()) {
      number(heuristic.getKey(), heuristic.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void relevance(Relevance relevance) throws IOException {
    number("score", relevance.score());
    number("mutualInformationNats", relevance.mutualInformationNats());
    number("noiseNats", relevance.noiseNats());
    number("standardError", relevance.standardError());
    number("lower", relevance.lower());
    number("upper", relevance.upper());
    number("nullDeviation", relevance.nullDeviation());
    number("pValue", relevance.pValue());
    number("adjusted", relevance.adjusted());
  }

  private void quality(FieldQuality quality) throws IOException {
    json.writeNumberField("rows", quality.rows());
    json.writeNumberField("missing", quality.missing());
    number("coverage", quality.coverage());
    json.writeNumberField("cardinality", quality.cardinality());
    json.writeBooleanField("cardinalityEstimated", quality.cardinalityEstimated());
    number("entropyNats", quality.entropyNats());
    json.writeNumberField("rareValues", quality.rareValues());
    json.writeNumberField("rareRows", quality.rareRows());
    json.writeNumberField("rareCount", quality.rareCount());
    number("meanBytes", quality.meanBytes());
    values("mostFrequent", quality.mostFrequent());
    if (quality.bounds().isPresent()) {
      Bounds bounds = quality.bounds().get();
      json.writeObjectFieldStart("bounds");
      number("minimum", bounds.minimum());
      number("median", bounds.median());
      number("maximum", bounds.maximum());
      json.writeEndObject();
    }
    if (quality.drift().isPresent()) {
      number("drift", quality.drift().get());
    }
  }

  private void groups(String name, List<RankedGroup> groups) throws IOException {
    json.writeArrayFieldStart(name);
    for (RankedGroup group : groups) {
      json.writeStartObject();
      json.writeArrayFieldStart("features");
      for (String feature : group.features()) {
        json.writeString(feature);
      }
      json.writeEndArray();
      relevance(group.relevance());
      json.writeNumberField("cardinality", group.cardinality());
      number("gainNats", group.gainNats());
      number("interactionNats", group.interactionNats());
      if (group.features().size() == 2) {
        json.writeArrayFieldStart("conditionalNats");
        for (double conditional : group.conditionalNats()) {
          json.writeNumber(conditional);
        }
        json.writeEndArray();
        number("similarity", group.similarity());
        number("redundancyNats", group.redundancyNats());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void selection(Selection selection) throws IOException {
    json.writeStartObject();
    json.writeStringField("method", selection.method());
    json.writeArrayFieldStart("steps");
    for (Selection.Step step : selection.steps()) {
      json.writeStartObject();
      json.writeStringField("feature", step.feature());
      number("value", step.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void values(String name, List<ValueCount> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (ValueCount value : values) {
      json.writeStartObject();
      json.writeStringField("value", value.value());
      json.writeNumberField("rows", value.rows());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void number(String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
