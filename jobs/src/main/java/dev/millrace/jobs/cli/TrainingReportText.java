package dev.millrace.jobs.cli;

import dev.millrace.jobs.training.OptFsReport;
import dev.millrace.jobs.training.TrainingReport;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.train.Gates;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;

/** A training's result to be read. */
final class TrainingReportText {
  private final PrintWriter out;

  private TrainingReportText(PrintWriter out) {
    this.out = out;
  }

  static void write(TrainingReport report, PrintWriter out) {
    new TrainingReportText(out).report(report);
  }

  private void report(TrainingReport report) {
    line(
        "model       %s, release %s, %,d parameters",
        report.network(), report.release(), report.parameters());
    line(
        "training    %,d rows, epoch %d of %d was best, %,.1f s",
        report.trainingRows(),
        report.bestEpoch(),
        report.epochs(),
        report.trainingTime().toMillis() / 1e3);
    line("validation  %s", quality(report.validation()));
    report.test().ifPresent(test -> line("test        %s", quality(test)));
    report.storage().ifPresent(this::storage);
    report.optFs().ifPresent(this::optFs);
    line(
        "bundle      %s; scores as the network within %.1e over %,d examples",
        report.bundle(), report.parity(), report.parityExamples());
  }

  private void storage(TrainingReport.Storage storage) {
    line(
        "tables      %s: %,d bytes, %.2f of the %,d in float32; AUC %s, in float32 %s",
        storage.precision(),
        storage.storedBytes(),
        (double) storage.storedBytes() / storage.trainedBytes(),
        storage.trainedBytes(),
        number(storage.stored().auc()),
        number(storage.trained().auc()));
  }

  private void optFs(OptFsReport optFs) {
    line(
        "OptFS       %,d of %,d values kept (%.1f%%) after %,d steps of the gates",
        optFs.gates().kept(),
        optFs.gates().rows(),
        100 * optFs.gates().keptShare(),
        optFs.gateSteps());
    optFs.nothingCut().ifPresent(why -> line("            %s", why));
    OptFsReport.Model before = optFs.before();
    OptFsReport.Model after = optFs.after();
    line("            %-12s %14s %14s", "", "without", "with OptFS");
    line(
        "            %-12s %14s %14s",
        "AUC", number(before.quality().auc()), number(after.quality().auc()));
    line(
        "            %-12s %14s %14s",
        "log loss", number(before.quality().logLoss()), number(after.quality().logLoss()));
    line("            %-12s %,14d %,14d", "bytes", before.bytes(), after.bytes());
    line("            %-12s %,14d %,14d", "parameters", before.parameters(), after.parameters());
    line(
        "            %-12s %14.2f %14.2f",
        "us/example", before.microsPerExample(), after.microsPerExample());
    optFs.fields().forEach(this::field);
  }

  private void field(String name, Gates.Summary gates) {
    line(
        "            %-20s %,8d of %,8d values kept, mean gate %+.3f",
        name, gates.kept(), gates.rows(), gates.mean());
  }

  private static String quality(BinaryMetrics metrics) {
    return String.format(
        Locale.ROOT,
        "AUC %s, log loss %s, calibration %s over %,d rows",
        number(metrics.auc()),
        number(metrics.logLoss()),
        number(metrics.calibration()),
        metrics.rows());
  }

  private static String number(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.5f", value.getAsDouble())
        : "undefined";
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
