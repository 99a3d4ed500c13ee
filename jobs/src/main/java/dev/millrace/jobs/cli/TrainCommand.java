package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.data.DataSetException;
import dev.millrace.features.table.TableException;
import dev.millrace.jobs.training.ModelTraining;
import dev.millrace.jobs.training.TrainingPlan;
import dev.millrace.jobs.training.TrainingReport;
import dev.millrace.jobs.training.WorkDirectory;
import dev.millrace.jobs.training.WorkInUseException;
import dev.millrace.models.data.DataException;
import dev.millrace.models.data.DataRequest;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.network.Network;
import dev.millrace.models.train.CheckpointException;
import dev.millrace.models.train.OptFsConfig;
import dev.millrace.models.train.TrainingConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a network on a data set and writes it as a bundle that scores as the network does.",
      "Rows are streamed to a work directory and shuffled there. The same command goes on where a"
          + " killed one was. The result goes to standard output, progress to standard error."
    })
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TrainingDataOptions data;
  @Mixin private TrainingOptions training;
  @Mixin private OptFsOptions optFs;
  @Mixin private BundleOptions bundle;

  @Option(
      names = "--restart",
      description = "Begin anew where a killed training left a checkpoint, which is deleted.")
  private boolean restart;

  @Option(names = "--json", description = "Print the result as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    TrainingReport report = train();
    PrintWriter out = spec.commandLine().getOut();
    TrainingReportText.write(report, out);
    if (json) {
      out.println(TrainingReportJson.of(report));
    }
    out.flush();
    return 0;
  }

  /** Trains; what is refused leaves nothing behind, what fails leaves what it can go on from. */
  private TrainingReport train() throws IOException {
    try (WorkDirectory work = bundle.work()) {
      return train(work);
    }
  }

  private TrainingReport train(WorkDirectory work) throws IOException {
    try {
      return run(work);
    } catch (WorkInUseException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (CheckpointException e) {
      throw new UsageException(e.getMessage() + "; --restart begins anew", e);
    } catch (UsageException
        | TableException
        | DataSetException
        | CatalogException
        | DataException
        | IllegalArgumentException e) {
      if (work.isFresh() && !work.hasCheckpoint()) {
        work.clear();
      }
      throw new UsageException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      tellKept(work);
      throw new IOException(
          "vocabulary and tables must fit into the heap (MILLRACE_HEAP), found " + e.getMessage(),
          e);
    } catch (IOException | RuntimeException e) {
      tellKept(work);
      throw e;
    }
  }

  private TrainingReport run(WorkDirectory work) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    MalformedRows malformed = new MalformedRows(err, data.isStrict());
    Path out = bundle.out();
    Network network = training.network();
    TrainingConfig config = training.config();
    Optional<OptFsConfig> search = optFs.config();
    BundleOptions.Storage storage = bundle.storage();
    DataRequest request = data.request(training.seed(), malformed);
    TrainingPlan plan =
        new TrainingPlan(
            network,
            config,
            search,
            storage.precision(),
            storage.externalTables(),
            storage.calibration(),
            bundle.name(),
            bundle.release(),
            provenance(request),
            out,
            work);
    work.take();
    if (restart) {
      work.clearCheckpoints();
    }
    DataSet prepared;
    try (ProgressLine progress = new ProgressLine(err)) {
      prepared = DataSet.prepare(request, work.data(), progress);
    }
    malformed.summarise();
    tell(prepared);
    TrainingReport report = new ModelTraining(plan, prepared, new TrainingLine(err)::begin).run();
    if (bundle.isWorkTemporary()) {
      work.clear();
    } else {
      work.clearCheckpoints();
    }
    return report;
  }

  private Map<String, String> provenance(DataRequest request) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("data", data.describe());
    provenance.put("data.format", data.isTopic() ? "topic" : data.format());
    data.dropMissing().ifPresent(column -> provenance.put("data.dropMissing", column));
    provenance.put("catalog", request.catalog().name());
    provenance.put("label", data.label());
    return provenance;
  }

  private void tellKept(WorkDirectory work) {
    if (Files.exists(work.path())) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "the same command goes on from what is kept in %s; with --restart it begins anew%n",
          work.path());
      err.flush();
    }
  }

  private void tell(DataSet prepared) {
    PrintWriter err = spec.commandLine().getErr();
    for (Part part : Part.values()) {
      err.printf(
          Locale.ROOT,
          "%s: %,d rows, %,d of label 1%n",
          part,
          prepared.counts(part).rows(),
          prepared.counts(part).positives());
    }
    err.printf(
        Locale.ROOT,
        "%d fields, %,d embedding rows of %d%n",
        prepared.catalog().fields().size(),
        prepared.encoder().tableRows(),
        prepared.encoder().dim());
    err.flush();
  }
}
