package dev.millrace.models.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The averages of the parameters of a network at work, if they are wanted. */
final class AveragedParameters implements TrainingState.Part {
  private static final String PREFIX = "average/";
  private static final String UPDATES = "average.updates";

  private final EngineParameters current;
  private final Optional<Averaging> averaging;
  private final Map<String, float[]> averages = new LinkedHashMap<>();
  private long updates;

  AveragedParameters(EngineParameters current, Optional<Averaging> averaging) {
    this.current = current;
    this.averaging = averaging;
  }

  /**
   * Takes the parameters as they are after a step.
   *
   * @param steps taken
   */
  void afterStep(long steps) {
    if (averaging.isPresent() && steps % averaging.get().interval() == 0) {
      float change = (float) (1 - averaging.get().kept(updates));
      current.forEach((name, values) -> update(name, values, change));
      updates++;
    }
  }

  private void update(String name, float[] values, float change) {
    float[] average = averages.computeIfAbsent(name, key -> values.clone());
    for (int i = 0; i < average.length; i++) {
      average[i] += change * (values[i] - average[i]);
    }
  }

  /** Puts the averages in the parameters' place, and these in theirs; twice changes nothing. */
  void exchange() {
    current.exchange(averages);
  }

  @Override
  public void save(TrainingState state) {
    state.put(UPDATES, updates);
    averages.forEach((name, average) -> state.put(PREFIX + name, average));
  }

  @Override
  public void restore(TrainingState state) {
    updates = state.getLong(UPDATES);
    if (updates > 0) {
      current.names().forEach(name -> averages.put(name, state.tensor(PREFIX + name)));
    }
  }
}
