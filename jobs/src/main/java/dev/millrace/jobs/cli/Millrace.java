package dev.millrace.jobs.cli;

import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Millrace. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    description = "A stream-processing recommendation ranking pipeline.",
    synopsisSubcommandLabel = "COMMAND")
public final class Millrace {

  /** Exit code of a failure at run time. */
  private static final int FAILURE = 1;

  /** Exit code of a wrong option or configuration. */
  private static final int USAGE = 2;

  private Millrace() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    int code = commandLine(arguments).execute(arguments);
    // Print streams swallow their errors, and a result that is lost is no success.
    if (System.out.checkError()) {
      System.err.println("standard output must be writable, found it closed or full");
      code = Math.max(code, FAILURE);
    }
    System.exit(code);
  }

  /**
   * The command line for these arguments. It knows the verb they start with and no other, or all:
   * the classes of all verbs take longer to load than a small table takes to rank.
   */
  static CommandLine commandLine(String... arguments) {
    List<Verb> all = List.of(Verb.values());
    List<Verb> named =
        all.stream()
            .filter(verb -> arguments.length > 0 && verb.token().equals(arguments[0]))
            .toList();
    CommandLine commandLine = new CommandLine(new Millrace());
    (named.isEmpty() ? all : named).forEach(verb -> commandLine.addSubcommand(verb.command()));
    commandLine.setParameterExceptionHandler(
        (e, parsed) -> {
          e.getCommandLine().getErr().println(oneLine(e));
          return USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (e, executed, result) -> {
          if (e instanceof UsageException) {
            executed.getErr().println(oneLine(e));
            return USAGE;
          }
          if (!(e instanceof IOException || e instanceof MalformedRowException)) {
            // A fault of the program: whoever reports it needs to know where.
            LoggerFactory.getLogger(Millrace.class)
                .error("{} failed", executed.getCommandName(), e);
          }
          executed.getErr().println(executed.getCommandName() + " failed: " + oneLine(e));
          return FAILURE;
        });
    return commandLine;
  }

  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // Names of columns and files are part of messages, whatever they hold.
    return message.lines().findFirst().orElse(e.toString()).replaceAll("\\p{Cntrl}", "?");
  }
}
