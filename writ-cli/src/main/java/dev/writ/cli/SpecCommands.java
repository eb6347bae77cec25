package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.spec.Spec;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about specs. */
final class SpecCommands {
  private SpecCommands() {}

  /** A command that sends a spec. */
  abstract static class Sending extends Asking {
    @Parameters(paramLabel = "FILE", description = "a YAML file, or - for standard input")
    private String file = "";

    Sending(World world) {
      super(world);
    }

    Json.Obj send(Api api, String path) {
      byte[] bytes = Documents.read(remote.world(), file);
      // Read here first: its problems then name the file.
      if (Spec.parse(bytes) instanceof Parsed.Refused<Spec>(List<Problem> problems)) {
        throw Failure.input(file, problems);
      }
      return api.post("/v1/specs" + path, new Api.Body(Api.YAML, bytes), Map.of());
    }
  }

  /** {@code writ spec new}. */
  @Command(
      name = "new",
      description = {
        "Prints a spec to start from, with every part explained.",
        "Change it, then `writ spec check` and `writ spec submit`. It needs no server."
      },
      footer = {"", "Example:", "  writ spec new > invoice-match.yaml"})
  static final class Fresh implements Callable<Integer> {
    private static final Duration LIFE = Duration.ofDays(14);
    @Mixin private final Output out = new Output();
    private final World world;

    Fresh(World world) {
      this.world = world;
    }

    @Override
    public Integer call() {
      Instant until = world.clock().instant().plus(LIFE).truncatedTo(ChronoUnit.HOURS);
      String text = TEMPLATE.replace("UNTIL", until.toString());
      out.result(Json.object().put("text", text).build(), () -> out.text(text));
      return Exit.OK.status();
    }
  }

  static final String TEMPLATE =
      """
      kind: Workflow
      name: invoice-match                  # lower case, digits and hyphens
      purpose: match supplier invoices to purchase orders
      process: finance/accounts-payable    # a process of the catalogue
      owners: { product: noor.haddad, identity: iam-team, security: secops }
      stage: pilot                         # sandbox, pilot, production or retired
      identity:
        workload: spiffe://brightwater.example/finance/invoice-matcher
        mode: own                          # own, on-behalf-of or per-action
      initiators: [human]                  # human, schedule or agent
      grants:                              # what it may do; everything else is refused
        - actions: [read]
          resource: ap-db/invoices
          environment: staging
          targets: { supplier: [sup-118] } # or: any
          limits: { rows: 5000, calls: 200 }
          because: compare amounts with purchase orders
      prohibited:                          # what it may never do, whatever else is granted
        - { actions: [export], resource: ap-db/invoices }
      until: UNTIL
      task: { life: PT15M, delegation: { depth: 1, to: [summariser] } }
      revoke: [task-complete, timeout, owner-leaves, handoff]
      """;

  /** {@code writ spec check}. */
  @Command(
      name = "check",
      description = {
        "Says what a spec would come to, without submitting it.",
        "Prints the generated Cedar policies and what admission policy would ask for."
      },
      footer = {"", "Example:", "  writ spec check invoice-match.yaml"})
  static final class Check extends Sending {
    Check(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = send(api, "/check");
      out.result(
          reply,
          () -> {
            out.text(reply.text("policies").orElse(""));
            DossierCommands.admission(out, reply);
          });
      return Exit.OK;
    }
  }

  /** {@code writ spec submit}. */
  @Command(
      name = "submit",
      description = {
        "Submits a spec. You become its requester, and cannot approve it.",
        "It becomes a dossier; what needs no approval is in force at once."
      },
      footer = {
        "",
        "Examples:",
        "  writ spec submit invoice-match.yaml",
        "  writ spec submit - --workflow wf_01j9x3a8h2m4k6p8r0t2v4w6y8 < next.yaml"
      })
  static final class Submit extends Sending {
    @Option(
        names = "--workflow",
        paramLabel = "ID",
        description = "the workflow whose spec this replaces; without it, a new one")
    private Optional<String> workflow = Optional.empty();

    Submit(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = send(api, workflow.map(w -> "?workflow=" + Paths.segment(w)).orElse(""));
      out.result(
          reply,
          () -> {
            out.fields(
                Show.fields(reply, List.of("workflow", "dossier", "spec", "generated", "writ")));
            DossierCommands.admission(out, reply);
            if (reply.text("writ").isEmpty()) {
              out.say("next: `writ approve " + reply.text("dossier").orElse("") + "`");
            }
          });
      return Exit.OK;
    }
  }
}
