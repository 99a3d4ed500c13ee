package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Trait;
import dev.millrace.features.report.RankingCsv;
import dev.millrace.features.report.RankingJson;
import dev.millrace.features.report.RankingReport;
import dev.millrace.features.report.RankingText;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.RankingOptions;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.features.table.TableRanker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace rank-features}. */
@Command(
    name = "rank-features",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ranks the fields of a file or a topic by what they tell about a label: mutual information,"
          + " less what a field of the same counts shows by chance.",
      "Rows are streamed. The table goes to standard output, progress to standard error."
    })
final class RankFeaturesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TableOptions table;
  @Mixin private LabelOptions label;
  @Mixin private RankingSettingsOptions ranking;

  @Option(names = "--out", paramLabel = "FILE", description = "Write all fields as CSV.")
  private Path out;

  @Option(names = "--out-pairs", paramLabel = "FILE", description = "Write all pairs as CSV.")
  private Path outPairs;

  @Option(names = "--out-triples", paramLabel = "FILE", description = "Write all triples as CSV.")
  private Path outTriples;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write everything as one HTML file that needs no other.")
  private Path report;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Lines of each table that is printed (default: ${DEFAULT-VALUE}).")
  private int top = 30;

  @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    MalformedRows malformed = new MalformedRows(err, table.isStrict());
    FeatureRanking result;
    try (ProgressLine progress = new ProgressLine(err)) {
      checkOutput();
      result = rank(malformed, progress);
    } catch (TableException | DataSetException | CatalogException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IOException("the counts must fit into the heap, found " + e.getMessage(), e);
    }
    malformed.summarise();
    tellUnpaired(result, err);
    write(result);
    return 0;
  }

  private void checkOutput() throws IOException {
    if (top < 1) {
      throw new TableException("--top must be >= 1, found " + top);
    }
    OutputFiles files = new OutputFiles();
    files.claim("--data", table.data());
    files.claim("--compare", table.compare());
    files.add("--out", out);
    files.add("--out-pairs", outPairs);
    files.add("--out-triples", outTriples);
    files.add("--report", report);
  }

  private FeatureRanking rank(MalformedRows malformed, Progress progress) throws IOException {
    RankingOptions options = ranking.options(label.of(table));
    Optional<Rows> earlier = table.openEarlier(malformed);
    try (Rows rows = table.open(malformed)) {
      return earlier.isPresent()
          ? TableRanker.rank(rows, earlier.get(), options, progress)
          : TableRanker.rank(rows, options, progress);
    } finally {
      if (earlier.isPresent()) {
        earlier.get().close();
      }
    }
  }

  /** Says which fields are in no pair: codes of a field that is sampled are not kept. */
  private void tellUnpaired(FeatureRanking result, PrintWriter err) {
    List<String> sampled =
        result.fields().stream()
            .filter(field -> field.is(Trait.Kind.SAMPLED))
            .map(RankedField::feature)
            .sorted()
            .toList();
    if (ranking.hasPairs() && !sampled.isEmpty()) {
      err.println(
          "left out of pairs, having more than --max-values: " + String.join(", ", sampled));
    }
  }

  private void write(FeatureRanking result) throws IOException {
    PrintWriter standard = spec.commandLine().getOut();
    RankingText.write(result, top, standard);
    OutputFiles.write(out, writer -> RankingCsv.writeFields(result, writer));
    OutputFiles.write(outPairs, writer -> RankingCsv.writePairs(result, writer));
    OutputFiles.write(outTriples, writer -> RankingCsv.writeTriples(result, writer));
    OutputFiles.write(report, writer -> RankingReport.write(result, writer));
    if (json) {
      RankingJson.write(result, standard);
      standard.println();
    }
    standard.flush();
  }
}
