package dev.millrace.features.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The users: country and age make their segment; each has a device of habit. */
final class SimulatedUsers {
  static final List<String> COUNTRIES = List.of("br", "de", "fr", "gb", "jp", "us");
  static final List<String> AGE_SEGMENTS = List.of("18-24", "25-34", "35-44", "45-54", "55+");
  static final List<String> DEVICES = List.of("phone", "desktop", "tablet");

  private static final double SHARE_ON_HABITUAL_DEVICE = 0.8;
  private static final int NOISE_VALUES = 50;

  private final int[] segment;
  private final int[] device;

  SimulatedUsers(SplittableRandom random, int count) {
    segment = random.ints(count, 0, segments()).toArray();
    device = random.ints(count, 0, DEVICES.size()).toArray();
  }

  static int segments() {
    return COUNTRIES.size() * AGE_SEGMENTS.size();
  }

  static int country(int segment) {
    return segment / AGE_SEGMENTS.size();
  }

  static int ageSegment(int segment) {
    return segment % AGE_SEGMENTS.size();
  }

  int size() {
    return segment.length;
  }

  int segment(int user) {
    return segment[user];
  }

  /** Context features of a request. */
  Map<String, Object> context(int user, long hour, SplittableRandom random) {
    boolean habitual = random.nextDouble() < SHARE_ON_HABITUAL_DEVICE;
    int used = habitual ? device[user] : random.nextInt(DEVICES.size());
    Map<String, Object> context = new HashMap<>();
    context.put("country", COUNTRIES.get(country(segment[user])));
    context.put("age_segment", AGE_SEGMENTS.get(ageSegment(segment[user])));
    context.put("device", DEVICES.get(used));
    context.put("hour", hour);
    context.put("noise", "n" + random.nextInt(NOISE_VALUES));
    return context;
  }
}
