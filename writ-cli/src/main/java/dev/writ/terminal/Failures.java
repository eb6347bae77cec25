package dev.writ.terminal;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells a person why a command did not do what it was asked: what, where, what next. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final boolean traces;

  /**
   * @param traces whether a bug prints its stack trace
   */
  public Failures(boolean traces) {
    this.traces = traces;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof Failure failure) {
      if (wantsJson(parsed)) {
        command.getOut().println(new String(json(failure).canonical(), StandardCharsets.UTF_8));
        command.getOut().flush();
      }
      lines(failure).forEach(err::println);
      err.flush();
      return failure.exit().status();
    }
    if (traces) {
      e.printStackTrace(err);
    }
    err.println("writ: this is a bug in Writ: " + e);
    err.println("  next  report it with what you typed; WRIT_TRACE=1 prints where it happened");
    err.flush();
    return Exit.SERVER.status();
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    Output.wrapped("writ: " + e.getMessage(), 2).forEach(err::println);
    List<String> near =
        CommandLine.UnmatchedArgumentException.class.isInstance(e)
            ? ((CommandLine.UnmatchedArgumentException) e).getSuggestions()
            : List.of();
    if (!near.isEmpty()) {
      err.println("  near  " + String.join(", ", near));
    }
    err.println("  next  " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return Exit.INPUT.status();
  }

  private static boolean wantsJson(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--json");
  }

  private static Json.Obj json(Failure failure) {
    List<Json.Obj> problems = new ArrayList<>();
    for (Problem p : failure.problems()) {
      problems.add(
          Json.object()
              .put("place", p.place())
              .put("what", p.what())
              .put("remedy", p.remedy())
              .build());
    }
    return Json.object()
        .put("ok", false)
        .put("problem", failure.name())
        .put("what", String.valueOf(failure.getMessage()))
        .put("problems", Json.array(problems))
        .build();
  }

  private static List<String> lines(Failure failure) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Output.wrapped("writ: " + failure.getMessage(), 2));
    for (Problem p : failure.problems()) {
      if (!p.what().isEmpty()) {
        String place = p.place().isEmpty() ? "" : p.place() + ": ";
        lines.addAll(Output.wrapped("  " + place + p.what(), 4));
      }
      if (!p.remedy().isEmpty()) {
        lines.addAll(Output.wrapped("  next  " + p.remedy(), 8));
      }
    }
    return lines;
  }
}
