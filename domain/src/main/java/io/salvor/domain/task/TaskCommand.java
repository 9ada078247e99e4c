package io.salvor.domain.task;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;

/// What may be asked for.
public sealed interface TaskCommand {
  /// Which task it is about.
  TaskId task();

  /// Make a task.
  ///
  /// @param brief Markdown, stored under its hash
  /// @param highestNumberSeen the greatest task number in the project's refs
  record Create(TaskId task, TaskSpec spec, String brief, long highestNumberSeen, boolean dispatch)
      implements TaskCommand {}

  /// Change its specification: all of it or nothing.
  ///
  /// @param brief the new one, where that is among the changes; stored under its hash
  record Edit(TaskId task, List<Change> changes, Optional<String> brief) implements TaskCommand {
    public Edit {
      changes = List.copyOf(changes);
    }
  }

  /// Start an attempt.
  ///
  /// @param limits other limits that it is to have from now on
  record Dispatch(TaskId task, StartMode mode, Optional<MicroUsd> budget, List<Change> limits)
      implements TaskCommand {
    public Dispatch {
      limits = List.copyOf(limits);
    }

    /// With the limits that it has.
    public Dispatch(TaskId task, StartMode mode, Optional<MicroUsd> budget) {
      this(task, mode, budget, List.of());
    }
  }

  /// Say that the work is done, whoever did it.
  ///
  /// @param workspace as it was just found
  /// @param force despite uncommitted files
  /// @param domain field of competence that the work belongs to; empty for the task's own
  record Done(
      TaskId task,
      String summary,
      Optional<String> domain,
      boolean force,
      WorkspaceSummary workspace)
      implements TaskCommand {
    /// Without a word on its domain.
    public Done(TaskId task, String summary, boolean force, WorkspaceSummary workspace) {
      this(task, summary, Optional.empty(), force, workspace);
    }
  }

  /// Save what a dead agent left, for a review and without any agent.
  ///
  /// @param workspace as it was just found
  /// @param unresolved files in it that a merge left with both sides in them
  /// @param domain field of competence that the work belongs to; empty for the task's own
  record Salvage(
      TaskId task,
      String summary,
      Optional<String> domain,
      WorkspaceSummary workspace,
      List<String> unresolved)
      implements TaskCommand {
    public Salvage {
      unresolved = List.copyOf(unresolved);
    }

    /// Where no merge is half done.
    public Salvage(
        TaskId task, String summary, Optional<String> domain, WorkspaceSummary workspace) {
      this(task, summary, domain, workspace, List.of());
    }
  }

  /// Accept the work.
  ///
  /// @param commit the commit that was looked at; empty means the one under review
  /// @param workspace as it was just found
  /// @param verdict what is said with it
  /// @param merge whether to merge it at once, and what then
  record Approve(
      TaskId task,
      Optional<String> commit,
      WorkspaceSummary workspace,
      Words verdict,
      Optional<Merge> merge)
      implements TaskCommand {

    /// Without a domain or a push.
    public Approve(
        TaskId task,
        Optional<String> commit,
        WorkspaceSummary workspace,
        String notes,
        boolean merge) {
      this(
          task,
          commit,
          workspace,
          new Words(notes, Optional.empty()),
          merge ? Optional.of(new Merge(task)) : Optional.empty());
    }
  }

  /// What is said with a verdict.
  ///
  /// @param domain field of competence in which it is judged; empty for the work's own
  record Words(String notes, Optional<String> domain) {}

  /// Merge what is accepted.
  ///
  /// @param push the remote to push the target to after it
  record Merge(TaskId task, Optional<String> push) implements TaskCommand {
    /// And do not push it.
    public Merge(TaskId task) {
      this(task, Optional.empty());
    }
  }

  /// Do not accept the work.
  record Reject(TaskId task, String reason) implements TaskCommand {}

  /// Make a closed or waiting task ready for another attempt.
  record Reopen(TaskId task, String reason) implements TaskCommand {}

  /// Begin another attempt after one that came to nothing, as the recovery matrix says.
  ///
  /// @param fresh at the base whatever the matrix says
  /// @param limits other limits and another agent or model that it is to have from now on
  record Retry(
      TaskId task, String reason, boolean fresh, Optional<MicroUsd> budget, List<Change> limits)
      implements TaskCommand {
    public Retry {
      limits = List.copyOf(limits);
    }

    /// With the limits that it has.
    public Retry(TaskId task, String reason) {
      this(task, reason, false, Optional.empty(), List.of());
    }
  }

  /// Put its workspace back to its base, keep what is there, and make it ready.
  ///
  /// @param workspace as it was just found
  record Reset(TaskId task, String reason, WorkspaceSummary workspace) implements TaskCommand {}

  /// Run its gates, and tell how they went.
  ///
  /// @param workspace as it was just found
  record Verify(TaskId task, WorkspaceSummary workspace) implements TaskCommand {}

  /// Let it rest.
  record Pause(TaskId task, String reason) implements TaskCommand {}

  /// Go on in the same workspace.
  ///
  /// @param limits other limits that it is to have from now on
  record Resume(TaskId task, Optional<MicroUsd> budget, List<Change> limits)
      implements TaskCommand {
    public Resume {
      limits = List.copyOf(limits);
    }

    /// With the limits that it has.
    public Resume(TaskId task, Optional<MicroUsd> budget) {
      this(task, budget, List.of());
    }
  }

  /// Answer what its agent asked, and go on in the same workspace.
  ///
  /// @param budget what it may spend from now on, where that changes
  record Answer(TaskId task, String text, Optional<MicroUsd> budget) implements TaskCommand {}

  /// Let a person into its workspace, with a shell or another program.
  ///
  /// @param program and arguments; kept in the record
  record OpenShell(TaskId task, List<String> program) implements TaskCommand {
    public OpenShell {
      program = List.copyOf(program);
    }
  }

  /// Give it up.
  record Cancel(TaskId task, String reason) implements TaskCommand {}

  /// Leave it out.
  record Skip(TaskId task, String reason) implements TaskCommand {}

  /// Say something about it.
  record Comment(TaskId task, String text) implements TaskCommand {}

  /// Its workspace was removed.
  record NoteWorkspaceRemoved(TaskId task) implements TaskCommand {}
}
