package dev.millrace.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.jobs.cli.UsageException;
import dev.millrace.models.train.TrainingDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Python that has PyTorch, and the script that trains with it.
 *
 * @param python the interpreter's command
 * @param script {@code autoint_training.py}
 */
record PyTorch(String python, Path script) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The version that it has.
   *
   * @throws UsageException if it has none
   */
  String version() throws InterruptedException {
    try {
      return run(List.of(python, "-c", "import torch; print(torch.__version__)"));
    } catch (IOException e) {
      throw new UsageException("--python must be a Python that has PyTorch: " + e.getMessage(), e);
    }
  }

  /**
   * Trains in a process of its own.
   *
   * @param table {@code dense} or {@code sparse}: which Adam moves the table
   */
  double samplesPerSecond(TrainingBenchConfig config, String table)
      throws IOException, InterruptedException {
    Map<String, Object> options =
        Map.ofEntries(
            Map.entry("form", config.form()),
            Map.entry("fields", TrainingBenchConfig.FIELDS),
            Map.entry("rows", TrainingBenchConfig.ROWS),
            Map.entry("dim", TrainingBenchConfig.DIM),
            Map.entry("layers", TrainingBenchConfig.LAYERS),
            Map.entry("heads", TrainingBenchConfig.HEADS),
            Map.entry("head-dim", TrainingBenchConfig.HEAD_DIM),
            Map.entry("batch", config.batch()),
            Map.entry("steps", config.steps()),
            Map.entry("threads", config.threads()),
            Map.entry("table", table),
            Map.entry("device", config.device() == TrainingDevice.GPU ? "cuda" : "cpu"),
            Map.entry("seed", config.seed()));
    Stream<String> arguments =
        options.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
    String printed = run(Stream.concat(Stream.of(python, script.toString()), arguments).toList());
    return figure(printed);
  }

  private static double figure(String printed) throws IOException {
    try {
      JsonNode samples = JSON.readTree(printed).path("samplesPerSecond");
      if (samples.isNumber()) {
        return samples.doubleValue();
      }
    } catch (JsonProcessingException e) {
      throw new IOException("the script must print JSON, found " + printed, e);
    }
    throw new IOException("the script must print samplesPerSecond, found " + printed);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      process.getOutputStream().close();
      byte[] printed = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(command.get(0) + " must exit with 0, found " + code);
      }
      return new String(printed, StandardCharsets.UTF_8).strip();
    } finally {
      process.destroy();
    }
  }
}
