package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class TrainingDeviceTest {
  @Test
  void shouldTakeTheFirstGpuWhereThereIsOne() {
    assertThat(TrainingEngine.resolve(TrainingDevice.AUTO, 2)).isEqualTo(Device.gpu(0));
    assertThat(TrainingEngine.resolve(TrainingDevice.GPU, 1)).isEqualTo(Device.gpu(0));
    assertThat(TrainingEngine.resolve(TrainingDevice.AUTO, 0)).isEqualTo(Device.cpu());
    assertThat(TrainingEngine.resolve(TrainingDevice.CPU, 2)).isEqualTo(Device.cpu());
  }

  @Test
  void shouldRefuseAGpuWhereThereIsNone() {
    assertThatThrownBy(() -> TrainingEngine.resolve(TrainingDevice.GPU, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be one that the engine finds, found GPU without any");
  }
}
