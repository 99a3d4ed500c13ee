package dev.millrace.jobs.bench;

/**
 * One run of one variant.
 *
 * @param requestsPerSecond > 0
 * @param cpuSecondsPerRequest CPU time of the whole process for each request, broker included; it
 *     hardly depends on what else the machine does
 */
record Measurement(double requestsPerSecond, double cpuSecondsPerRequest) {

  Measurement {
    requirePositive("requestsPerSecond", requestsPerSecond);
    requirePositive("cpuSecondsPerRequest", cpuSecondsPerRequest);
  }

  private static void requirePositive(String name, double found) {
    if (!(found > 0 && Double.isFinite(found))) {
      throw new IllegalArgumentException(name + " must be finite and > 0, found " + found);
    }
  }
}
