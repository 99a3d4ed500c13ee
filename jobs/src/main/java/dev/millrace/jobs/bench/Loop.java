package dev.millrace.jobs.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Runs the same work over and over, each part on its own thread, and takes its rate. */
final class Loop {

  private Loop() {}

  /**
   * Measures what all parts do together in about {@code duration}.
   *
   * @param parts each does a pass of its work and tells how many requests that was; its first pass
   *     does not count
   */
  static Measurement measure(List<? extends LongSupplier> parts, Duration duration)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(parts.size());
    try {
      all(threads, parts, LongSupplier::getAsLong);
      CpuClock cpu = new CpuClock();
      List<Run> runs = all(threads, parts, part -> run(part, duration));
      return new Measurement(
          runs.stream().mapToDouble(run -> run.requests() / run.seconds()).sum(),
          cpu.seconds() / runs.stream().mapToLong(Run::requests).sum());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a loop failed: " + e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static <R> List<R> all(
      ExecutorService threads,
      List<? extends LongSupplier> parts,
      Function<? super LongSupplier, R> work)
      throws InterruptedException, ExecutionException {
    List<Callable<R>> tasks = new ArrayList<>();
    for (LongSupplier part : parts) {
      tasks.add(() -> work.apply(part));
    }
    List<R> results = new ArrayList<>();
    for (Future<R> task : threads.invokeAll(tasks)) {
      results.add(task.get());
    }
    return results;
  }

  private static Run run(LongSupplier part, Duration duration) {
    long start = System.nanoTime();
    long requests = 0;
    long elapsed;
    do {
      requests += part.getAsLong();
      elapsed = System.nanoTime() - start;
    } while (elapsed < duration.toNanos());
    return new Run(requests, elapsed / 1e9);
  }

  private record Run(long requests, double seconds) {}
}
