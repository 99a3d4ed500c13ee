package dev.millrace.models.network;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks that configuration can name. */
public final class Networks {
  /** One line a network: a record with its default options, which are the record's components. */
  private static final List<Network> DEFAULTS =
      List.of(
          new LogisticRegression(),
          new FactorizationMachine(),
          DeepFm.ofPaper(),
          Dcnv2.ofDefaults(),
          AutoInt.ofPaper(),
          AutoIntPlus.ofDefaults(),
          Fgcnn.ofPaper(),
          Ipnn.ofDefaults(),
          Mlp.ofDefaults());

  private Networks() {}

  /** Names of the networks. */
  public static List<String> names() {
    return DEFAULTS.stream().map(Network::name).toList();
  }

  /**
   * A network by its name, the options that are not given by their defaults; {@code
   * create(network.name(), network.configuration())} equals {@code network}.
   *
   * @throws IllegalArgumentException when the name or an option is unknown, or an option is
   *     malformed or out of range
   */
  public static Network create(String name, Map<String, String> options) {
    Network defaults =
        DEFAULTS.stream()
            .filter(network -> network.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown("network", names(), name));
    return Options.apply(defaults, options);
  }

  /** The default of a network that can stand behind generated fields. */
  static Classifier classifier(String key, String name) {
    return classifiers()
        .filter(classifier -> classifier.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(key, classifiers().map(Classifier::name).toList(), name));
  }

  private static Stream<Classifier> classifiers() {
    return DEFAULTS.stream().filter(Classifier.class::isInstance).map(Classifier.class::cast);
  }

  private static IllegalArgumentException unknown(String key, List<String> known, String found) {
    return new IllegalArgumentException(
        "%s must be one of %s, found %s".formatted(key, known, found));
  }
}
