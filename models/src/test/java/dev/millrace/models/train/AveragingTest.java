package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.FactorizationMachine;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private static final Network NETWORK = new FactorizationMachine();
  private static final ExampleBuffer EXAMPLES = TrainerTest.interaction(1_200, 7);

  @Test
  void shouldWeighTheStepsByTheDecayAfterAWarmUp() {
    Averaging averaging = new Averaging(0.9, 2);
    assertThat(averaging.kept(0)).isEqualTo(0.1);
    assertThat(averaging.kept(10)).isEqualTo(11.0 / 20);
    assertThat(averaging.kept(1_000)).isCloseTo(0.81, within(1e-15));
  }

  @Test
  void shouldRefuseADecayOrAnIntervalOutOfRange() {
    assertThatThrownBy(() -> new Averaging(1, 1))
        .hasMessage("averaging.decay must be between 0 and 1, found 1.0");
    assertThatThrownBy(() -> new Averaging(Double.NaN, 1))
        .hasMessage("averaging.decay must be between 0 and 1, found NaN");
    assertThatThrownBy(() -> new Averaging(0.9, 0))
        .hasMessage("averaging.interval must be >= 1, found 0");
  }

  @Test
  void shouldAverageTheParametersAndGiveThemBack() {
    Parameters start = Parameters.initial(ParameterSpec.declaredBy(NETWORK, TrainerTest.PLAIN), 17);
    try (EngineNetwork engine = EngineNetwork.open(NETWORK, TrainerTest.PLAIN, start)) {
      EngineParameters parameters = engine.parameters();
      AveragedParameters averages =
          new AveragedParameters(parameters, Optional.of(new Averaging(0.5, 1)));
      List<Parameters> seen = new ArrayList<>();
      for (int step = 1; step <= 3; step++) {
        seen.add(parameters.snapshot());
        averages.afterStep(step);
        parameters.exchange(scaled(parameters.snapshot(), 3));
      }
      Parameters latest = parameters.snapshot();
      averages.exchange();
      for (String name : parameters.names()) {
        float[] found = parameters.snapshot().values(name);
        for (int i = 0; i < found.length; i++) {
          double first = seen.get(0).values(name)[i];
          double second = first + (1 - 2.0 / 11) * (seen.get(1).values(name)[i] - first);
          double third = second + (1 - 3.0 / 12) * (seen.get(2).values(name)[i] - second);
          assertThat((double) found[i]).isCloseTo(third, within(1e-5 * Math.abs(third) + 1e-9));
        }
      }
      averages.exchange();
      for (String name : parameters.names()) {
        assertThat(parameters.snapshot().values(name)).isEqualTo(latest.values(name));
      }
    }
  }

  private static Map<String, float[]> scaled(Parameters parameters, float factor) {
    Map<String, float[]> scaled = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      float[] values = parameters.values(name).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
      scaled.put(name, values);
    }
    return scaled;
  }

  @Test
  void shouldKeepTheAveragesButStepFromTheParameters() throws IOException {
    TrainingConfig config = TrainerTest.CONFIG.withMaxEpochs(3).withPatience(3);
    List<Double> plainLosses = new ArrayList<>();
    List<Double> averagedLosses = new ArrayList<>();
    TrainingResult plain = train(config, plainLosses);
    TrainingResult averaged =
        train(config.withAveraging(Optional.of(new Averaging(0.99, 1))), averagedLosses);
    assertThat(averagedLosses).isEqualTo(plainLosses);
    assertThat(averaged.validation().logLoss()).isNotEqualTo(plain.validation().logLoss());
    ExampleSource validation = EXAMPLES.slice(900, 1_200);
    assertThat(averaged.network().score(validation).metrics(Calibration.NONE))
        .isEqualTo(averaged.validation());
  }

  private static TrainingResult train(TrainingConfig config, List<Double> losses)
      throws IOException {
    return new Trainer(NETWORK, TrainerTest.PLAIN, config)
        .train(
            EXAMPLES.slice(0, 900),
            EXAMPLES.slice(900, 1_200),
            progress -> {
              if (progress.validation().isPresent()) {
                losses.add(progress.loss());
              }
            });
  }
}
