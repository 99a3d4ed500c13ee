package dev.millrace.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.TableException;
import dev.millrace.jobs.scoring.RowScorer;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.data.DataException;
import dev.millrace.models.evaluate.BootstrapConfig;
import dev.millrace.models.evaluate.Comparison;
import dev.millrace.models.evaluate.Evaluation;
import dev.millrace.models.evaluate.EvaluationConfig;
import dev.millrace.models.evaluate.EvaluationJson;
import dev.millrace.models.evaluate.EvaluationReport;
import dev.millrace.models.evaluate.EvaluationText;
import dev.millrace.models.evaluate.Reliability;
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
  @Mixin private LabelledDataOptions data;
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
      names = "--ndcg",
      paramLabel = "K",
      description = "Rows of a group that NDCG looks at (default: ${DEFAULT-VALUE}).")
  private int ndcg = EvaluationConfig.DEFAULT.ndcgCutoff();

  @Option(
      names = "--bins",
      paramLabel = "N",
      description = "Bins of the reliability table, of equal mass (default: ${DEFAULT-VALUE}).")
  private int bins = EvaluationConfig.DEFAULT.bins();

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "Replicates that the confidence intervals are drawn from, 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int replicates = BootstrapConfig.DEFAULT.replicates();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the replicates (default: ${DEFAULT-VALUE}).")
  private long seed = BootstrapConfig.DEFAULT.seed();

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
    EvaluationConfig config = config();
    PrintWriter err = spec.commandLine().getErr();
    MalformedRows malformed = new MalformedRows(err, data.isStrict());
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode result;
    try (ProgressLine progress = new ProgressLine(err);
        Scorer candidate = scoring.open()) {
      Optional<EvaluatedPart> selected =
          EvaluatedPart.of(part, candidate.bundle().manifest().training(), time != null);
      Evaluation evaluation = evaluate(candidate, selected, config, malformed, progress);
      if (baseline == null) {
        EvaluationText.write(evaluation, out);
        OutputFiles.write(report, writer -> EvaluationReport.write(evaluation, writer));
        result = EvaluationJson.of(evaluation);
      } else {
        Comparison comparison = compare(evaluation, selected, config, malformed, progress);
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

  private Comparison compare(
      Evaluation evaluation,
      Optional<EvaluatedPart> selected,
      EvaluationConfig config,
      MalformedRows malformed,
      ProgressLine progress)
      throws IOException {
    try (Scorer other = scoring.open(baseline)) {
      Map<String, String> training = other.bundle().manifest().training();
      if (selected.isPresent() && !selected.get().isOf(training)) {
        spec.commandLine()
            .getErr()
            .printf(
                "%s was trained on other rows than %s: it may have seen rows of the %s part%n",
                baseline, scoring.bundle(), part);
      }
      MalformedRows told = malformed.silent();
      return Comparison.of(evaluate(other, selected, config, told, progress), evaluation);
    }
  }

  private Evaluation evaluate(
      Scorer scorer,
      Optional<EvaluatedPart> selected,
      EvaluationConfig config,
      MalformedRows malformed,
      ProgressLine progress)
      throws IOException {
    RowColumns columns =
        new RowColumns(Optional.of(data.label()), data.group(), Optional.ofNullable(time));
    Scores scores = data.group().isPresent() ? Scores.grouped() : Scores.ungrouped();
    new RowScorer(scorer, columns, selected.map(EvaluatedPart::selection), progress)
        .score(
            data.source(scorer.catalog(), malformed),
            (row, probability, label, group) -> {
              if (scores.isGrouped()) {
                scores.add(probability, label, group);
              } else {
                scores.add(probability, label);
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

  private EvaluationConfig config() {
    Optional<BootstrapConfig> bootstrap =
        replicates == 0
            ? Optional.empty()
            : Optional.of(
                new BootstrapConfig(replicates, BootstrapConfig.DEFAULT.confidence(), seed));
    return new EvaluationConfig(Reliability.Binning.EQUAL_MASS, bins, ndcg, bootstrap);
  }
}
