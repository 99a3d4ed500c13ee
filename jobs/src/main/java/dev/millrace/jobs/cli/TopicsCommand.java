package dev.millrace.jobs.cli;

import dev.millrace.jobs.io.TopicAdmin;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace topics}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "The topics of Millrace on a Kafka cluster.",
    synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates the topics and dead-letter topics that do not exist.")
  int create(
      @Mixin KafkaOptions kafka,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              defaultValue = "4",
              description = "Of each topic (default: ${DEFAULT-VALUE}).")
          int partitions,
      @Option(
              names = "--replicas",
              paramLabel = "N",
              defaultValue = "3",
              description = "Of each partition (default: ${DEFAULT-VALUE}).")
          short replicas)
      throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                (Object) kafka.settings().bootstrapServers()))) {
      List<String> created = TopicAdmin.create(admin, partitions, replicas);
      created.forEach(System.out::println);
      return 0;
    }
  }
}
