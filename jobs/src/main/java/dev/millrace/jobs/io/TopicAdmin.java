package dev.millrace.jobs.io;

import dev.millrace.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of Millrace. */
public final class TopicAdmin {

  private TopicAdmin() {}

  /**
   * Creates every topic and dead-letter topic that does not exist.
   *
   * @param partitions of each topic, the releases aside: they have one, for the last of them is
   *     live and partitions have no order among each other
   * @param replicas of each partition
   * @return the names of those it created
   */
  public static List<String> create(Admin admin, int partitions, short replicas)
      throws InterruptedException {
    List<String> created = new ArrayList<>();
    for (Topic<?> topic : Topic.all()) {
      int width = topic.equals(Topic.MODELS) ? 1 : partitions;
      NewTopic live = new NewTopic(topic.name(), width, replicas);
      if (topic.isCompacted()) {
        live.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
      }
      createUnlessThere(admin, live, created);
      NewTopic dead = new NewTopic(topic.deadLetterName(), 1, replicas);
      // A dead letter is larger than the record it holds, which may be as large as a topic allows.
      dead.configs(
          Map.of(
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaOut.MAX_REQUEST_BYTES)));
      createUnlessThere(admin, dead, created);
    }
    return created;
  }

  private static void createUnlessThere(Admin admin, NewTopic topic, List<String> created)
      throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
      created.add(topic.name());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create topic " + topic.name(), e.getCause());
      }
    }
  }
}
