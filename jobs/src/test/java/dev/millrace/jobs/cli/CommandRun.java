package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A command that ran in this process. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = arguments.toArray(String[]::new);
    CommandLine commandLine = Millrace.commandLine(all);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int code = commandLine.execute(all);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /**
   * Runs a command.
   *
   * @param line its arguments with spaces between them
   * @param more arguments as they are
   */
  static CommandRun of(String line, Object... more) {
    List<String> arguments = new ArrayList<>(List.of(line.trim().split(" +")));
    for (Object each : more) {
      arguments.add(each.toString());
    }
    return of(arguments);
  }

  CommandRun requireSuccess() {
    assertThat(code).as("exit code; standard error was:%n%s", err).isZero();
    return this;
  }

  /** Fails unless the command was refused with this line and no other. */
  void requireRefusal(String message) {
    assertThat(err.lines()).containsExactly(message);
    assertThat(code).isEqualTo(2);
    assertThat(out).isEmpty();
  }

  /** The last line of standard output. */
  JsonNode json() {
    List<String> lines = out.lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    } catch (JsonProcessingException e) {
      throw new AssertionError(out, e);
    }
  }
}
