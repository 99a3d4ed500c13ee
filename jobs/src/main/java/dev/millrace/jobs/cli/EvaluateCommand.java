package dev.millrace.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.TableException;
import dev.millrace.jobs.scoring.RowScorer;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.data.DataException;
import dev.millrace.models.evaluate.Comparison;
import dev.millrace.models.evaluate.Evaluation;
import dev.millrace.models.evaluate.EvaluationConfig;
import dev.millrace.models.evaluate.EvaluationJson;
import dev.millrace.models.evaluate.EvaluationReport;
import dev.millrace.models.evaluate.EvaluationText;
import dev.millrace.models.evaluate.Scores;
import dev.millrace.serving.Scorer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures how good a bundle scores the rows of a data set, and whether it is better than"
          + " another.",
      "Scores are those of ONNX Runtime. 13 bytes a row are held in memory."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ModelRowOptions data;
  @Mixin private LabelOptions label;
  @Mixin private ScoringOptions scoring;

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "Another bundle that --bundle is compared with, on the same rows.")
  private Path baseline;

  @Option(
      names = "--part",
      paramLabel = "all|training|validation|test",
      description =
          "Rows that are scored: all, or those of a part of the split that --bundle was trained with"
              + " (default: ${DEFAULT-VALUE}).")
  private String part = "all";

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "When a row came to be, for a part of a split by time.")
  private String time;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Rows of the same value are ranked against each other (default: the user of movielens-1m"
              + " and of the topic, else none).")
  private String group;

  @Mixin private EvaluationOptions evaluation;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write everything as one HTML file that needs no other.")
  private Path report;

  @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try {
      evaluate();
      return 0;
    } catch (TableException
        | DataSetException
        | CatalogException
        | DataException
        | BundleException
        | IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private void evaluate() throws IOException {
    OutputFiles files = new OutputFiles();
    files.claim("--data", data.data());
    files.add("--report", report);
    EvaluationConfig config = evaluation.config();
    PrintWriter err = spec.commandLine().getErr();
    MalformedRows malformed = new MalformedRows(err, data.isStrict());
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode result;
    // Both are opened before rows are scored: that may take long, and a bundle may be refused.
    try (ProgressLine progress = new ProgressLine(err);
        Scorer candidate = scoring.open();
        Scorer other = baseline == null ? null : scoring.open(baseline)) {
      Optional<EvaluatedPart> selected = selected(candidate);
      Evaluation found = evaluate(candidate, selected, config, malformed, progress);
      warnOfSeenRows(selected, candidate);
      if (other == null) {
        EvaluationText.write(found, out);
        OutputFiles.write(report, writer -> EvaluationReport.write(found, writer));
        result = EvaluationJson.of(found);
      } else {
        Comparison comparison =
            Comparison.of(evaluate(other, selected, config, malformed.silent(), progress), found);
        warnOfOtherRows(selected, other);
        EvaluationText.write(comparison, out);
        OutputFiles.write(report, writer -> EvaluationReport.write(comparison, writer));
        result = EvaluationJson.of(comparison);
      }
    }
    malformed.summarise();
    if (json) {
      out.println(result);
    }
    out.flush();
  }

  private Optional<EvaluatedPart> selected(Scorer candidate) {
    Optional<EvaluatedPart> selected =
        EvaluatedPart.of(part, candidate.bundle().manifest().training(), time != null);
    if (selected.isEmpty() && time != null) {
      throw new UsageException("--time must come with --part, found --part all");
    }
    return selected;
  }

  private void warnOfSeenRows(Optional<EvaluatedPart> selected, Scorer candidate) {
    Map<String, String> training = candidate.bundle().manifest().training();
    if (selected.isEmpty() && data.describe().equals(training.get("data"))) {
      tell(
          "%s was trained on rows of %s: --part test measures it on those that it has not seen"
              .formatted(scoring.bundle(), data.describe()));
    }
  }

  private void warnOfOtherRows(Optional<EvaluatedPart> selected, Scorer other) {
    if (selected.isPresent() && !selected.get().isOf(other.bundle().manifest().training())) {
      tell(
          "%s was trained on other rows than %s: it may have seen rows of the %s part"
              .formatted(baseline, scoring.bundle(), part));
    }
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** The column by whose values rows are grouped, if any. */
  private Optional<String> group() {
    if (group != null) {
      return Optional.of(group);
    }
    if (data.isTopic()) {
      return Optional.of(TopicRows.USER);
    }
    return data.format().equals("movielens-1m") ? Optional.of("user") : Optional.empty();
  }

  private Evaluation evaluate(
      Scorer scorer,
      Optional<EvaluatedPart> selected,
      EvaluationConfig config,
      MalformedRows malformed,
      ProgressLine progress)
      throws IOException {
    RowColumns columns =
        new RowColumns(Optional.of(label.of(data)), group(), Optional.ofNullable(time));
    Scores scores = group().isPresent() ? Scores.grouped() : Scores.ungrouped();
    new RowScorer(scorer, columns, selected.map(EvaluatedPart::selection), progress)
        .score(
            data.source(scorer.catalog(), malformed),
            (row, probability, clicked, hash) -> {
              if (scores.isGrouped()) {
                scores.add(probability, clicked, hash);
              } else {
                scores.add(probability, clicked);
              }
            });
    selected.ifPresent(rows -> rows.requireRows(scores.size()));
    if (scores.size() == 0) {
      throw new UsageException("data must have a row that can be scored, found none");
    }
    String release = scorer.bundle().manifest().release();
    return Evaluation.of(
        release,
        scores,
        config,
        (done, of) -> progress.at("drawing replicates", done, (double) done / of));
  }
}
