package dev.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.jobs.cli.UsageException;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.train.TrainingDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingBenchTest {
  private static final TrainingBenchConfig CONFIG =
      new TrainingBenchConfig(AutoInt.Form.FUXI_LN, 4, 2, 1, TrainingDevice.CPU, 2, 1);

  @Test
  void shouldCompareFiguresOfTheSameRound() {
    TrainingBenchReport report = report(List.of(round(100, 50, 200), round(10, 10, 5)));
    assertThat(report.of(TrainingVariant.PYTORCH_DENSE)).isEqualTo(new Spread(1, 1.5, 2));
    assertThat(report.of(TrainingVariant.PYTORCH_SPARSE)).isEqualTo(new Spread(0.5, 1.25, 2));
    assertThat(report.samplesPerSecond(TrainingVariant.MILLRACE))
        .isEqualTo(new Spread(10, 55, 100));
    assertThat(report.text()).contains("PyTorch, sparse table", "1.250 (0.500 to 2.000)");
    assertThat(report.json()).contains("\"millraceToIt\":{\"min\":0.5,\"median\":1.25");
  }

  @Test
  void shouldRefuseWhatCannotBeMeasured() {
    assertThatThrownBy(
            () -> new TrainingBenchConfig(AutoInt.Form.PAPER, 4, 2, 1, TrainingDevice.CPU, 2, 1))
        .hasMessage("--form must be AUTHORS or FUXI_LN, found PAPER");
    assertThatThrownBy(
            () -> new TrainingBenchConfig(AutoInt.Form.AUTHORS, 4, 2, 1, TrainingDevice.AUTO, 2, 1))
        .hasMessage("--device must be CPU or GPU, found AUTO");
    assertThatThrownBy(
            () -> new TrainingBenchConfig(AutoInt.Form.AUTHORS, 0, 2, 1, TrainingDevice.CPU, 2, 1))
        .hasMessage("--batch must be between 1 and 65536, found 0");
  }

  @Test
  void shouldSayWhatTheScriptPrintedInPlaceOfAFigure() {
    // The JVM at hand stands for a Python that prints something else, which all platforms have.
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    PyTorch pytorch = new PyTorch(java.toString(), Path.of("--version"));
    assertThatThrownBy(() -> pytorch.samplesPerSecond(CONFIG, "dense"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the script must print JSON, found ");
  }

  @Test
  void shouldRefuseAPythonThatIsNone() {
    PyTorch pytorch = new PyTorch("no-such-python", Path.of("script.py"));
    assertThatThrownBy(pytorch::version)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--python must be a Python that has PyTorch: ");
  }

  private static Map<TrainingVariant, Double> round(double millrace, double dense, double sparse) {
    return Map.of(
        TrainingVariant.MILLRACE, millrace,
        TrainingVariant.PYTORCH_DENSE, dense,
        TrainingVariant.PYTORCH_SPARSE, sparse);
  }

  private static TrainingBenchReport report(List<Map<TrainingVariant, Double>> rounds) {
    Machine machine = new Machine("cpu", 2, "17", "2", "4", "1");
    return new TrainingBenchReport(CONFIG, machine, "2.13", rounds);
  }
}
