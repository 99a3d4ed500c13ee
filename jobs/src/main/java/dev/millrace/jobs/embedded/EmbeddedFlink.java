package dev.millrace.jobs.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster of one job manager and one task manager inside this JVM. */
public final class EmbeddedFlink implements AutoCloseable {

  private static final Duration SAVEPOINT_TIMEOUT = Duration.ofMinutes(2);

  private final MiniCluster cluster;

  private EmbeddedFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts a cluster.
   *
   * @param slots the sum of the parallelism of the jobs it will run
   */
  public static EmbeddedFlink start(int slots) throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestOptions.BIND_PORT, "0");
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128L * slots));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      cluster.closeAsync().join();
      throw e;
    }
    return new EmbeddedFlink(cluster);
  }

  /** Submits the job that was wired into an environment. */
  public JobID submit(StreamExecutionEnvironment env, String name) throws Exception {
    return submit(env, name, SavepointRestoreSettings.none());
  }

  /**
   * Submits a job that goes on from where another was stopped.
   *
   * @param savepoint what {@link #stop} returned
   */
  public JobID submit(StreamExecutionEnvironment env, String name, String savepoint)
      throws Exception {
    return submit(env, name, SavepointRestoreSettings.forPath(savepoint));
  }

  private JobID submit(
      StreamExecutionEnvironment env, String name, SavepointRestoreSettings savepoint)
      throws Exception {
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    graph.setSavepointRestoreSettings(savepoint);
    return cluster.submitJob(graph.getJobGraph()).get(1, TimeUnit.MINUTES).getJobID();
  }

  /** The state of a job. */
  public JobStatus status(JobID job) throws Exception {
    return cluster.getJobStatus(job).get(1, TimeUnit.MINUTES);
  }

  /**
   * Stops a job with a savepoint; what it has written shows in its topics.
   *
   * @param drain whether event time ends first, so that every timer fires
   * @return the savepoint
   */
  public String stop(JobID job, Path savepoints, boolean drain)
      throws InterruptedException, ExecutionException, TimeoutException {
    String savepoint =
        cluster
            .stopWithSavepoint(
                job, savepoints.toUri().toString(), drain, SavepointFormatType.NATIVE)
            .get(SAVEPOINT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    cluster.requestJobResult(job).get(1, TimeUnit.MINUTES);
    return savepoint;
  }

  /** Ends a job as it is; what it has written since its last checkpoint does not show. */
  public void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get(1, TimeUnit.MINUTES);
    cluster.requestJobResult(job).get(1, TimeUnit.MINUTES);
  }

  /** Kills the task manager without warning and starts another. */
  public void killTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get(1, TimeUnit.MINUTES);
    cluster.startTaskManager();
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
