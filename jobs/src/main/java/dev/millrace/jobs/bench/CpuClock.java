package dev.millrace.jobs.bench;

import java.lang.management.ManagementFactory;

/** CPU time of this process since a moment. */
final class CpuClock {

  private final long start = nanos();

  private static long nanos() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean process) {
      long nanos = process.getProcessCpuTime();
      if (nanos >= 0) {
        return nanos;
      }
    }
    throw new IllegalStateException("the JVM must tell its CPU time, found one that does not");
  }

  double seconds() {
    return (nanos() - start) / 1e9;
  }
}
