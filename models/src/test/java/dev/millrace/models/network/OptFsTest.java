package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.models.network.ParameterSpec.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptFsTest {
  private static final EmbeddingLayout LAYOUT = NetworkCases.weighted();

  static List<Network> networks() {
    return NetworkCases.networks();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldAddOneGateForEachRowWhileItSearches(Network network) {
    List<ParameterSpec> base = ParameterSpec.declaredBy(network, LAYOUT);
    List<ParameterSpec> search = ParameterSpec.declaredBy(OptFs.search(network, 5), LAYOUT);
    ParameterSpec gate =
        new ParameterSpec(
            OptFs.GATE, Role.TABLE, new Initializer.Constant(0.5f), List.of(LAYOUT.tableRows(), 1));
    assertThat(search).contains(gate).containsAll(base).hasSize(base.size() + 1);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldDeclareWhatTheNetworkDoesAfterwards(Network network) {
    assertThat(ParameterSpec.declaredBy(OptFs.ticket(network), LAYOUT))
        .isEqualTo(ParameterSpec.declaredBy(network, LAYOUT));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseATemperatureThatIsNone(double temperature) {
    Network base = NetworkCases.small("fm", Map.of());
    assertThatThrownBy(() -> OptFs.search(base, temperature))
        .hasMessage("temperature must be above 0 and finite, found " + temperature);
  }
}
