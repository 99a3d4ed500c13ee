package dev.millrace.models.train;

import dev.millrace.models.network.Parameters;

/** The parameters as they were at the start of an epoch. */
final class RewindPoint implements TrainingState.Part {
  private static final String PREFIX = "rewind/";
  private static final String TAKEN = "rewind.taken";

  private final EngineParameters current;
  private Parameters parameters;

  RewindPoint(EngineParameters current) {
    this.current = current;
  }

  void take() {
    parameters = current.snapshot();
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void save(TrainingState state) {
    if (parameters != null) {
      state.put(TAKEN, 1);
      current.names().forEach(name -> state.put(PREFIX + name, parameters.values(name)));
    }
  }

  @Override
  public void restore(TrainingState state) {
    if (state.has(TAKEN)) {
      parameters = state.parameters(PREFIX, current.names());
    }
  }
}
