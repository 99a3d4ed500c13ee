package dev.millrace.jobs.bench;

/**
 * One run of one variant.
 *
 * @param requestsPerSecond finite, > 0
 * @param cpuSecondsPerRequest CPU time of the whole process for each request, broker included; it
 *     hardly depends on what else the machine does. 0 where the run was shorter than the clock's
 *     tick
 */
record Measurement(double requestsPerSecond, double cpuSecondsPerRequest) {

  Measurement {
    if (!(requestsPerSecond > 0 && Double.isFinite(requestsPerSecond))) {
      throw new IllegalArgumentException(
          "requestsPerSecond must be finite and > 0, found " + requestsPerSecond);
    }
    if (!(cpuSecondsPerRequest >= 0 && Double.isFinite(cpuSecondsPerRequest))) {
      throw new IllegalArgumentException(
          "cpuSecondsPerRequest must be finite and >= 0, found " + cpuSecondsPerRequest);
    }
  }
}
