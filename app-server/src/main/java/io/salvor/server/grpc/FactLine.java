package io.salvor.server.grpc;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.workspace.BroughtIn;
import io.salvor.server.limits.LimitWords;
import java.util.Optional;
import java.util.stream.Collectors;

/// A fact in one line, for people.
final class FactLine {
  private FactLine() {}

  static String of(Statement statement) {
    return switch (statement) {
      case Statement.OfTask(var recorded) -> of(recorded.fact());
      case Statement.OfInstance about -> of(about.fact());
    };
  }

  private static String of(InstanceFact fact) {
    return switch (fact) {
      case InstanceFact.Frozen frozen ->
          "frozen, " + label(frozen.level()) + because(frozen.reason());
      case InstanceFact.Unfrozen unfrozen -> "unfrozen" + because(unfrozen.reason());
      case InstanceFact.SettingsAccepted accepted ->
          "settings of " + accepted.project() + " accepted, " + accepted.hash();
      case InstanceFact.SettingsRevoked revoked ->
          "settings of " + revoked.project() + " no longer accepted";
      case InstanceFact.AllowanceNeared neared -> LimitWords.neared(neared);
      case InstanceFact.BackupBegun begun -> "backup begun, " + label(begun.occasion());
      case InstanceFact.BackupVerified verified ->
          "backup " + verified.generation() + " verified, up to record " + verified.lastSeq();
      case InstanceFact.BackupFailed failed -> "no backup: " + failed.detail();
      case InstanceFact.Restored restored ->
          "restored from "
              + restored.generation()
              + (restored.lostLast() == 0
                  ? ""
                  : ", without records " + restored.lostFirst() + " to " + restored.lostLast());
    };
  }

  static String of(TaskFact fact) {
    return switch (fact) {
      case TaskFact.Created created ->
          "added for agent "
              + created.spec().agent().name()
              + ", profile "
              + label(created.spec().agent().profile());
      case TaskFact.DependencyMet met -> "a task that it waited for is merged: " + met.dependency();
      case TaskFact.Dispatched dispatched -> "dispatched, " + label(dispatched.start().mode());
      case TaskFact.Claimed claimed ->
          "attempt " + claimed.attempt().number() + " claimed it, " + label(claimed.mode());
      case TaskFact.WorkspaceReady ready ->
          "workspace "
              + ready.workspace().path()
              + (ready.created() ? " made from " : " found, based on ")
              + shortHash(ready.workspace().baseCommit())
              + ready.broughtIn().map(FactLine::broughtIn).orElse("");
      case TaskFact.SpawnIntended _ -> "the agent is about to be started";
      case TaskFact.Spawned spawned ->
          "agent started as pid "
              + spawned.process().pid()
              + ": "
              + bounded(String.join(" ", spawned.note().command()));
      case TaskFact.Adopted _ -> "a restarted server follows the same process again";
      case TaskFact.Observed observed -> event(observed.event());
      case TaskFact.StopIntended stop -> "the attempt is being ended: " + label(stop.cause());
      case TaskFact.StopRedirected _ -> "while it was being ended, another end was asked for";
      case TaskFact.AttemptEnded ended ->
          "attempt "
              + ended.attempt().number()
              + " ended: "
              + Sentences.ending(ended.ending())
              + ended.evidence().map(it -> exit(it.exit())).orElse("");
      case TaskFact.GatesIntended _ -> "the gates are about to run";
      case TaskFact.SalvageIntended salvage ->
          "what attempt " + salvage.attempt().number() + " left is to be saved";
      case TaskFact.Salvaged saved -> "what was left is in " + shortHash(saved.head());
      case TaskFact.GatesPassed _ -> "all gates passed";
      case TaskFact.GatesFailed failed -> "a gate failed: " + bounded(failed.detail());
      case TaskFact.ConflictsLeft left ->
          "conflicts are left in " + String.join(", ", left.files());
      case TaskFact.ReviewAsked asked ->
          "in review at " + shortHash(asked.head()) + in(asked.domain()) + because(asked.summary());
      case TaskFact.Approved approved ->
          "accepted at "
              + shortHash(approved.head())
              + in(approved.domain())
              + because(approved.notes());
      case TaskFact.ApprovalVoided voided ->
          "the branch moved to " + shortHash(voided.newHead()) + ": the approval is void";
      case TaskFact.Rejected rejected -> "not accepted" + because(rejected.reason());
      case TaskFact.MergeIntended merge ->
          "is about to be merged into "
              + merge.target()
              + merge.push().map(it -> ", and that pushed to " + it).orElse("");
      case TaskFact.MergeRefused refused -> "the merge changed nothing: " + refused.detail();
      case TaskFact.Merged merged -> "merged; the target is at " + shortHash(merged.targetCommit());
      case TaskFact.PushIntended push ->
          push.target() + " is about to be pushed to " + push.remote();
      case TaskFact.Pushed _ -> "pushed";
      case TaskFact.PushFailed failed -> "the push failed: " + bounded(failed.detail());
      case TaskFact.Parked parked ->
          (parked.start().failedStarts() > 0
                  ? "start " + parked.start().failedStarts() + " failed, next"
                  : "retry " + parked.start().retries() + ", " + label(parked.start().mode()) + ",")
              + " not before "
              + parked.notBefore()
              + because(parked.why());
      case TaskFact.Paused paused -> "paused" + because(paused.reason());
      case TaskFact.Blocked blocked -> "the agent asks: " + blocked.question();
      case TaskFact.Failed failed -> "failed: " + Sentences.ending(failed.ending());
      case TaskFact.Reopened reopened -> "reopened" + because(reopened.reason());
      case TaskFact.Cancelled cancelled -> "cancelled" + because(cancelled.reason());
      case TaskFact.Skipped skipped -> "skipped" + because(skipped.reason());
      case TaskFact.Commented commented -> bounded(commented.text());
      case TaskFact.Answered answered -> "answers: " + bounded(answered.text());
      case TaskFact.ShellOpened opened ->
          "goes into the workspace with " + bounded(String.join(" ", opened.program()));
      case TaskFact.BudgetChanged changed ->
          "may spend $" + changed.cost().dollars() + " from now on";
      case TaskFact.LimitNeared neared -> LimitWords.neared(neared);
      case TaskFact.Edited edited ->
          "changed "
              + edited.changes().stream().map(ChangeLine::of).collect(Collectors.joining(", "));
      case TaskFact.DependenciesChanged changed ->
          changed.waitingFor().isEmpty()
              ? "waits for no task any more"
              : "waits for " + changed.waitingFor().size() + " tasks";
      case TaskFact.WorkspaceRemoved _ -> "its workspace was removed";
    };
  }

  private static String broughtIn(BroughtIn broughtIn) {
    String target = "; the target at " + shortHash(broughtIn.commit());
    return switch (broughtIn) {
      case BroughtIn.Clean _ -> target + " is merged in";
      case BroughtIn.Conflicts(_, _, var files) ->
          target + " is brought in, with conflicts in " + String.join(", ", files);
      case BroughtIn.InTheWay(_, var files) ->
          target + " is not: uncommitted changes in " + String.join(", ", files);
    };
  }

  private static String event(AgentEvent event) {
    return switch (event) {
      case AgentEvent.SessionStarted started ->
          "session " + started.sessionId() + started.model().map(it -> ", model " + it).orElse("");
      case AgentEvent.Said said -> bounded(said.text());
      case AgentEvent.ToolCalled called -> called.tool() + " " + bounded(called.input());
      case AgentEvent.ToolReturned returned ->
          (returned.ok() ? "-> " : "failed -> ") + bounded(returned.excerpt());
      case AgentEvent.Used used ->
          "used "
              + used.total().inputTokens()
              + " in, "
              + used.total().outputTokens()
              + " out"
              + used.total().cost().map(it -> ", $" + it.dollars()).orElse("");
      case AgentEvent.ProviderRetry retry ->
          "waits for its provider"
              + (retry.httpStatus().isPresent() ? ", HTTP " + retry.httpStatus().getAsInt() : "");
      case AgentEvent.Asked asked -> "asks: " + bounded(asked.question());
      case AgentEvent.ReloadAsked _ -> "asks to be started again";
      case AgentEvent.Terminal terminal ->
          "last word, " + label(terminal.verdict()) + because(bounded(terminal.text()));
      case AgentEvent.Unreadable unreadable ->
          unreadable.at().length() + " bytes that could not be read: " + unreadable.why();
    };
  }

  private static String exit(Exit exit) {
    return switch (exit) {
      case Exit.Status status -> " [exit status " + status.value() + "]";
      case Exit.Unknown _ -> " [no exit status]";
    };
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + bounded(reason);
  }

  private static String in(Optional<String> domain) {
    return domain.map(it -> " in " + it).orElse("");
  }

  private static String bounded(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ⏎ ");
    return line.length() <= 200 ? line : line.substring(0, 199) + "…";
  }

  private static String shortHash(String hash) {
    return hash.length() > 10 ? hash.substring(0, 10) : hash;
  }
}
