package dev.millrace.jobs.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trials of an experiment, one JSON object a line, so that one that was stopped goes on. */
final class TrialLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Trial> trials = new ArrayList<>();

  private TrialLog(Path file) {
    this.file = file;
  }

  /**
   * Reads what there is.
   *
   * @param file may not be there yet; null keeps nothing
   * @throws IOException if a line is no trial
   */
  static TrialLog open(Path file) throws IOException {
    TrialLog log = new TrialLog(file);
    if (file != null && Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        try {
          log.trials.add(JSON.readValue(lines.get(i), Trial.class));
        } catch (JsonProcessingException e) {
          throw new IOException(
              "%s:%d: must be a trial, found %s".formatted(file, i + 1, e.getOriginalMessage()), e);
        }
      }
    }
    return log;
  }

  /** An earlier trial of the same data, contender, seed and setup. */
  Optional<Trial> find(String data, String contender, long seed, String setup) {
    return trials.stream()
        .filter(
            trial ->
                trial.data().equals(data)
                    && trial.contender().equals(contender)
                    && trial.seed() == seed
                    && trial.setup().equals(setup))
        .findFirst();
  }

  void add(Trial trial) throws IOException {
    trials.add(trial);
    if (file != null) {
      Files.writeString(
          file,
          JSON.writeValueAsString(trial) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
