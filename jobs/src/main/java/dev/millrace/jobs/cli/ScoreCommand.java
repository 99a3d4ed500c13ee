package dev.millrace.jobs.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.TableException;
import dev.millrace.jobs.scoring.RowScorer;
import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.data.DataException;
import dev.millrace.models.data.RowSource;
import dev.millrace.serving.Scorer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace score}. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores the rows of a file or a topic with a bundle.",
      "Rows are streamed; they need no label."
    })
final class ScoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ModelRowOptions data;
  @Mixin private ScoringOptions scoring;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "CSV with a line for each row that can be read: its number among them, from 0, and its"
              + " score.")
  private Path out;

  @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
  private boolean json;

  /** What was scored. */
  private record Scored(long rows, double seconds, String provider, String release) {}

  @Override
  public Integer call() throws IOException {
    Scored scored;
    try {
      scored = score();
    } catch (TableException
        | DataSetException
        | CatalogException
        | DataException
        | BundleException e) {
      throw new UsageException(e.getMessage(), e);
    }
    PrintWriter standard = spec.commandLine().getOut();
    standard.printf(
        Locale.ROOT,
        "%,d rows scored with release %s in %.1f s on %s: %s%n",
        scored.rows(),
        scored.release(),
        scored.seconds(),
        scored.provider(),
        out);
    if (json) {
      standard.println(json(scored));
    }
    standard.flush();
    return 0;
  }

  private Scored score() throws IOException {
    OutputFiles files = new OutputFiles();
    files.claim("--data", data.data());
    files.add("--out", out);
    PrintWriter err = spec.commandLine().getErr();
    MalformedRows malformed = new MalformedRows(err, data.isStrict());
    long start = System.nanoTime();
    long[] rows = new long[1];
    try (Scorer scorer = scoring.open();
        ProgressLine progress = new ProgressLine(err)) {
      RowSource source = data.source(scorer.catalog(), malformed);
      RowColumns columns = new RowColumns(Optional.empty(), Optional.empty(), Optional.empty());
      RowScorer scoringRows = new RowScorer(scorer, columns, Optional.empty(), progress);
      OutputFiles.write(
          out,
          writer -> {
            writer.write("row,score\n");
            rows[0] =
                scoringRows.score(
                    source,
                    (row, probability, label, group) ->
                        writer.write(row + "," + probability + "\n"));
          });
      malformed.summarise();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Scored(rows[0], seconds, scorer.provider(), scorer.bundle().manifest().release());
    }
  }

  private ObjectNode json(Scored scored) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rows", scored.rows())
        .put("seconds", scored.seconds())
        .put("provider", scored.provider())
        .put("release", scored.release())
        .put("out", out.toString());
  }
}
