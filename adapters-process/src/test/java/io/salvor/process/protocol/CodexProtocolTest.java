package io.salvor.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How Codex is called.
final class CodexProtocolTest {
  @TempDir private Path directory;
  private Path worktree = Path.of("");
  private Path git = Path.of("");

  @BeforeEach
  void linkedWorktree() throws IOException {
    worktree = Files.createDirectory(directory.resolve("work \"tree\""));
    git = directory.resolve("project/.git");
    Path own = Files.createDirectories(git.resolve("worktrees/one"));
    Files.createDirectory(git.resolve("objects"));
    Files.createDirectories(git.resolve("logs/refs/heads/task"));
    Files.writeString(own.resolve("commondir"), "../..\n");
    Files.writeString(own.resolve("HEAD"), "ref: refs/heads/task/TASK-0042\n");
    Files.writeString(worktree.resolve(".git"), "gitdir: " + own + "\n");
  }

  @Test
  void a_fresh_start_reads_its_prompt_from_standard_input() {
    List<String> command = command(PermissionProfile.READ, Optional.empty());
    assertThat(command).startsWith("codex", "--enable", "x", "exec", "--json");
    assertThat(command).containsSequence("--model", "gpt-5.5").endsWith("-");
    assertThat(command).doesNotContain("resume", "Do it.");
  }

  @Test
  void a_session_is_resumed_by_its_id() {
    assertThat(command(PermissionProfile.READ, Optional.of("s-1")))
        .containsSequence("exec", "resume", "--json")
        .endsWith("s-1", "-");
  }

  @Test
  void each_profile_has_its_flags_Z18() {
    assertThat(command(PermissionProfile.READ, Optional.empty()))
        .containsSequence("-c", "approval_policy=\"never\"", "-c", "sandbox_mode=\"read-only\"");
    assertThat(command(PermissionProfile.EDIT, Optional.empty()))
        .containsSequence(
            "-c", "approval_policy=\"never\"", "-c", "sandbox_mode=\"workspace-write\"")
        .doesNotContain("--dangerously-bypass-approvals-and-sandbox");
    assertThat(command(PermissionProfile.FULL, Optional.empty()))
        .contains("--dangerously-bypass-approvals-and-sandbox")
        .doesNotContain("-c");
  }

  @Test
  void under_edit_it_may_write_what_a_commit_in_a_linked_worktree_needs_and_no_more_Z17() {
    assertThat(command(PermissionProfile.EDIT, Optional.empty()))
        .contains(
            "sandbox_workspace_write.writable_roots=[\""
                + git.resolve("worktrees/one")
                + "\",\""
                + git.resolve("objects")
                + "\",\""
                + git.resolve("refs/heads/task")
                + "\",\""
                + git.resolve("logs/refs/heads/task")
                + "\"]");
    assertThat(git.resolve("refs/heads/task")).isDirectory();
  }

  @Test
  void a_path_is_quoted_as_toml_wants_it() {
    assertThat(Json.quoted("/a \"b\"\\c\nü")).isEqualTo("\"/a \\\"b\\\"\\\\c\\nü\"");
  }

  @Test
  void relative_pointers_are_followed_too() throws IOException {
    Files.writeString(worktree.resolve(".git"), "gitdir: ../project/.git/worktrees/one\n");
    assertThat(GitFolders.ofCommit(worktree))
        .contains(git.resolve("objects"), git.resolve("worktrees/one"));
  }

  @Test
  void what_is_no_linked_worktree_opens_nothing() throws IOException {
    assertThat(GitFolders.ofCommit(directory)).isEmpty();
    Files.writeString(worktree.resolve(".git"), "nonsense\n");
    assertThat(GitFolders.ofCommit(worktree)).isEmpty();
    Files.writeString(worktree.resolve(".git"), "gitdir: /nowhere\n");
    assertThat(GitFolders.ofCommit(worktree)).isEmpty();
  }

  @Test
  void a_detached_worktree_opens_no_branch() throws IOException {
    Files.writeString(git.resolve("worktrees/one/HEAD"), "1".repeat(40) + "\n");
    assertThat(GitFolders.ofCommit(worktree))
        .containsExactly(git.resolve("worktrees/one"), git.resolve("objects"));
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI_API_KEY, true",
    "OPENAI_BASE_URL, true",
    "CODEX_HOME, true",
    "CODEX_API_KEY, true",
    "CODEX_THREAD_ID, false",
    "CODEX_SANDBOX, false",
    "ANTHROPIC_API_KEY, false",
    "HOME, false"
  })
  void it_gets_its_settings_and_no_marks_of_another_session_Z18(String name, boolean needed) {
    assertThat(protocol().needs(name, Map.of())).isEqualTo(needed);
  }

  @Test
  void where_it_sends_its_requests_is_named_without_secrets() {
    assertThat(protocol().endpoint(Map.of("OPENAI_BASE_URL", "https://me:secret@host:99/v1")))
        .isEqualTo("host:99");
    assertThat(protocol().endpoint(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "137, false", "143, false"})
  void it_exits_with(int status, boolean known) {
    assertThat(protocol().exitsWith(status)).isEqualTo(known);
  }

  private List<String> command(PermissionProfile profile, Optional<String> session) {
    Agent agent =
        new Agent(
            "codex",
            Protocol.CODEX,
            profile,
            List.of("codex", "--enable", "x"),
            Optional.of("gpt-5.5"));
    return protocol()
        .command(
            new LaunchOrder(
                new AttemptRef(TaskId.of("01920000-0000-7000-8000-000000000001"), 1, 7),
                new DisplayId(42),
                agent,
                worktree.toString(),
                directory.resolve("project").toString(),
                "Do it.",
                session,
                Limits.DEFAULT));
  }

  private static CodexProtocol protocol() {
    return new CodexProtocol(new Excerpts(Redactor.of(Map.of())));
  }
}
