package dev.millrace.jobs.cli;

import dev.millrace.jobs.bench.BenchCommand;
import dev.millrace.jobs.demo.DemoCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Millrace. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    version = "millrace 0.1.0",
    description = "A stream-processing recommendation ranking pipeline.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DemoCommand.class, JobCommand.class, TopicsCommand.class, BenchCommand.class})
public final class Millrace {

  /** Exit code of a failure at run time. */
  private static final int FAILURE = 1;

  /** Exit code of a wrong option or configuration. */
  private static final int USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Millrace.class);

  private Millrace() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Millrace());
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> {
          e.getCommandLine().getErr().println(oneLine(e));
          return USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (e, executed, result) -> {
          if (e instanceof UsageException) {
            executed.getErr().println(oneLine(e));
            return USAGE;
          }
          LOG.error("{} failed", executed.getCommandName(), e);
          executed.getErr().println(executed.getCommandName() + " failed: " + oneLine(e));
          return FAILURE;
        });
    return commandLine;
  }

  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse(e.toString());
  }
}
