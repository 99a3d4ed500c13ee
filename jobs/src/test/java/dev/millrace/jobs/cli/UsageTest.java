package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UsageTest {

  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine commandLine = Millrace.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          demo --bogus                                  | Unknown option: '--bogus'
          demo --requests many                          | Invalid value for option '--requests': 'many' is not an int
          demo --requests 5                             | --requests must be >= 1000, found 5
          demo --candidates 0                           | --candidates must be between 1 and 100, found 0
          demo --parallelism 99                         | --parallelism must be between 1 and 16, found 99
          demo --format open-bandit                     | --format open-bandit must come with --data
          demo --data somewhere                         | --data must come with --format, found somewhere without it
          demo --format nonsense --data somewhere       | format must be one of open-bandit, movielens-1m, found "nonsense"
          demo --format open-bandit --data no/such/dir  | no/such/dir: must hold a log such as random/men/men.csv
          nonsense                                      | Unmatched argument at index 0: 'nonsense'
          job label-join --bootstrap-servers b:1 --checkpoints file:///c --catalog no/such.yaml | no/such.yaml: must be a readable file, found java.nio.file.NoSuchFileException: no/such.yaml
          """)
  void shouldSayOneLineAndExitWithTwo(String arguments, String message) {
    assertThat(execute(arguments.trim().split(" +"))).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(message);
  }

  @Test
  void shouldExplainEveryCommand() {
    assertThat(execute("demo", "--help")).isZero();
    assertThat(execute("job", "ranking", "--help")).isZero();
    assertThat(execute("topics", "create", "--help")).isZero();
  }
}
