package dev.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LoopTest {

  @Test
  void shouldRunEveryPartOnceToWarmUpAndAtLeastOnceMore() throws Exception {
    AtomicLong first = new AtomicLong();
    AtomicLong second = new AtomicLong();

    Measurement measurement =
        Loop.measure(
            List.<LongSupplier>of(first::incrementAndGet, second::incrementAndGet),
            Duration.ofNanos(1));

    assertThat(first).hasValueGreaterThanOrEqualTo(2);
    assertThat(second).hasValueGreaterThanOrEqualTo(2);
    assertThat(measurement.requestsPerSecond()).isPositive();
  }

  @Test
  void shouldFailWithThePartThatFails() {
    LongSupplier failing =
        () -> {
          throw new IllegalStateException("no session");
        };

    assertThatThrownBy(() -> Loop.measure(List.of(() -> 1L, failing), Duration.ZERO))
        .hasMessage("a loop failed: no session");
  }
}
