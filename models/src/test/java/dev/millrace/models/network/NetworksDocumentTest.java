package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/networks.md says and the code must agree. */
class NetworksDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/networks.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/millrace/models/network");

  @Test
  void shouldListEveryNetworkWithItsOptionsAndDefaults() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    for (String name : Networks.names()) {
      String options =
          Networks.create(name, Map.of()).configuration().entrySet().stream()
              .map(option -> "`" + option.getKey() + "=" + option.getValue() + "` ")
              .collect(Collectors.joining());
      String cells = "( \\*)? \\| \\Q" + options + "\\E\\|.*";
      assertThat(lines).anyMatch(line -> line.matches("\\| `" + name + "`" + cells));
    }
  }

  @Test
  void shouldShowTheNetworkThatIsThere() throws IOException {
    String document = Files.readString(DOCUMENT);
    String source = Files.readString(SOURCES.resolve("FactorizationMachine.java"));
    assertThat(document).contains(source.substring(source.indexOf("public record")));
    String line = "          new FactorizationMachine(),\n";
    assertThat(document).contains(line);
    assertThat(Files.readString(SOURCES.resolve("Networks.java"))).contains(line);
  }
}
