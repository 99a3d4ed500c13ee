package dev.millrace.jobs.bench;

import dev.millrace.jobs.cli.UsageException;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.train.TrainingDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench training}. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description = {
      "Samples per second of AutoInt's training, beside PyTorch in Python in the same run.",
      "docs/benchmarks.md tells what is measured and how."
    })
final class TrainingBenchCommand implements Callable<Integer> {

  @Option(
      names = "--python",
      required = true,
      paramLabel = "COMMAND",
      description = "A Python interpreter that has PyTorch.")
  private String python;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "PyTorch's side (default: ${DEFAULT-VALUE}).")
  private Path script = Path.of("models/src/bench/python/autoint_training.py");

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "AUTHORS or FUXI_LN (default: ${DEFAULT-VALUE}).")
  private AutoInt.Form form = AutoInt.Form.FUXI_LN;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples of a step (default: ${DEFAULT-VALUE}).")
  private int batch = 1_024;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps that are measured; as many warm up (default: ${DEFAULT-VALUE}).")
  private int steps = 20;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each engine on the CPU (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "CPU or GPU (default: ${DEFAULT-VALUE}).")
  private TrainingDevice device = TrainingDevice.CPU;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Rounds (default: ${DEFAULT-VALUE}).")
  private int repetitions = 3;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Of everything that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  @Option(names = "--json", description = "Print the figures as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    TrainingBenchConfig config = config();
    PyTorch pytorch = new PyTorch(python, script);
    String torch = pytorch.version();
    List<Map<TrainingVariant, Double>> rounds = TrainingBench.run(config, pytorch, progress());
    TrainingBenchReport report = new TrainingBenchReport(config, Machine.here(), torch, rounds);
    System.out.print(report.text());
    if (json) {
      System.out.println(report.json());
    }
    System.out.flush();
    return 0;
  }

  private TrainingBenchConfig config() {
    if (!Files.isRegularFile(script)) {
      throw new UsageException("--script must be a file, found " + script);
    }
    try {
      return new TrainingBenchConfig(form, batch, steps, threads, device, repetitions, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Consumer<String> progress() {
    long start = System.nanoTime();
    return line ->
        System.err.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }
}
