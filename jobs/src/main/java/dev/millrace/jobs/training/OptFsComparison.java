package dev.millrace.jobs.training;

import dev.millrace.features.catalog.Field;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.train.Gates;
import dev.millrace.models.train.OptFsResult;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts a bundle that OptFS has cut beside the one of the same network without. */
final class OptFsComparison {
  private static final int TIMED_EXAMPLES = 4_096;

  private final DataSet data;
  private final Part measured;

  /**
   * @param measured the part whose examples are scored
   */
  OptFsComparison(DataSet data, Part measured) {
    this.data = data;
    this.measured = measured;
  }

  OptFsReport of(OptFsResult search, ModelTraining.Finished before, ModelTraining.Finished after)
      throws IOException {
    double[] micros = micros(before, after);
    return new OptFsReport(
        search.gates().summary(),
        byField(search.gates()),
        search.gateSteps(),
        model(before, micros[0]),
        model(after, micros[1]),
        search.nothingCut());
  }

  private double[] micros(ModelTraining.Finished before, ModelTraining.Finished after)
      throws IOException {
    ExampleBuffer examples = new ExampleBuffer(data.encoder().lookups());
    try (ExampleReader reader = data.examples(measured).open()) {
      int read;
      do {
        read = reader.read(examples, TIMED_EXAMPLES - examples.size());
      } while (read > 0 && examples.size() < TIMED_EXAMPLES);
    }
    try (Scorer one = open(before);
        Scorer two = open(after)) {
      return ScoringTime.microsPerExample(examples, one, two);
    }
  }

  private Scorer open(ModelTraining.Finished finished) throws IOException {
    return Scorer.open(
        finished.packed().bundle(), data.catalog().fingerprint(), ScorerSettings.DEFAULT);
  }

  private static OptFsReport.Model model(ModelTraining.Finished finished, double micros)
      throws IOException {
    return new OptFsReport.Model(
        bytes(finished.packed().directory()),
        finished.report().parameters(),
        finished.quality(),
        micros);
  }

  private static long bytes(Path bundle) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(bundle)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** The gates of the rows that the values of each field name in the training examples. */
  private Map<String, Gates.Summary> byField(Gates gates) throws IOException {
    List<Field> fields = data.catalog().fields();
    int[] owner = owners(fields);
    BitSet[] named = new BitSet[fields.size()];
    for (int field = 0; field < named.length; field++) {
      named[field] = new BitSet(gates.rows());
    }
    ExampleBuffer batch = new ExampleBuffer(owner.length);
    try (ExampleReader reader = data.examples(Part.TRAINING).open()) {
      while (reader.read(batch, TIMED_EXAMPLES) > 0) {
        var rows = batch.rows();
        for (int i = 0; rows.hasRemaining(); i++) {
          named[owner[i % owner.length]].set(rows.get());
        }
        batch.clear();
      }
    }
    Map<String, Gates.Summary> byField = new LinkedHashMap<>();
    for (Field field : fields) {
      byField.put(field.name(), gates.summary(named[field.ordinal()].stream()));
    }
    return byField;
  }

  /** The field of each lookup. */
  private static int[] owners(List<Field> fields) {
    return fields.stream()
        .flatMapToInt(
            field ->
                IntStream.generate(field::ordinal).limit((long) field.chunks() * field.maxValues()))
        .toArray();
  }
}
