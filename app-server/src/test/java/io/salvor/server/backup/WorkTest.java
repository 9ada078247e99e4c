package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.DisplayId;
import io.salvor.server.config.Home;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupBundle;
import io.salvor.v1.BackupFile;
import io.salvor.v1.BackupRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13 with a real repository: work that is not merged is in a backup, and comes back.
final class WorkTest {
  private static final List<DisplayId> TASKS =
      LongStream.rangeClosed(1, 50).mapToObj(DisplayId::new).toList();

  @TempDir private Path directory;
  private Path project;
  private Path made;
  private Work work;

  @BeforeEach
  void a_branch_for_each_task() throws IOException, GitAPIException {
    project = directory.resolve("project");
    made = Files.createDirectory(directory.resolve("made"));
    work = Work.with(new Home(directory.resolve("home")));
    try (Git git = Git.init().setDirectory(project.toFile()).call()) {
      for (DisplayId task : TASKS) {
        ObjectId commit =
            git.commit().setAllowEmpty(true).setSign(false).setMessage(task.toString()).call();
        git.branchCreate().setName("task/" + task).setStartPoint(commit.name()).call();
      }
    }
  }

  private Map<String, String> branches() throws IOException {
    try (Git git = Git.open(project.toFile())) {
      var branches = new TreeMap<String, String>();
      git.getRepository()
          .getRefDatabase()
          .getRefsByPrefix(Constants.R_HEADS + "task/")
          .forEach(it -> branches.put(it.getName(), ObjectId.toString(it.getObjectId())));
      return branches;
    }
  }

  private void loseBranches() throws IOException, GitAPIException {
    try (Git git = Git.open(project.toFile())) {
      git.branchDelete().setBranchNames(branches().keySet()).setForce(true).call();
    }
    assertThat(branches()).isEmpty();
  }

  private void loseObjects() throws IOException, GitAPIException {
    Disk.remove(project);
    Git.init().setDirectory(project.toFile()).call().close();
  }

  private SortedMap<String, List<DisplayId>> projects() {
    return new TreeMap<>(Map.of(project.toString(), TASKS));
  }

  private Backup.Builder collected() throws IOException {
    var manifest = Backup.newBuilder();
    work.collect(projects(), made, manifest, Optional.empty());
    return manifest;
  }

  private List<String> broughtBack(Backup.Builder backup) throws IOException {
    var brought = new ArrayList<String>();
    var notes = new ArrayList<String>();
    work.bringBack(backup.build(), made, brought, notes);
    assertThat(notes).isEmpty();
    return brought;
  }

  @Test
  void branches_that_were_lost_come_back_to_where_they_were() throws Exception {
    Map<String, String> before = branches();
    Backup.Builder backup = collected();
    loseBranches();

    assertThat(broughtBack(backup)).hasSize(TASKS.size());
    assertThat(branches()).isEqualTo(before);
    assertThat(broughtBack(backup)).isEmpty();
  }

  @Test
  void a_manifest_does_not_grow_with_the_work_that_was_never_merged() throws Exception {
    BackupBundle bundle = collected().getBundles(0);

    assertThat(bundle.getRefCount()).isEqualTo(TASKS.size());
    assertThat(bundle.getSerializedSize())
        .isEqualTo(bundle.toBuilder().setRefCount(1).build().getSerializedSize());
  }

  @Test
  void a_bundle_that_went_bad_is_not_taken_over_into_the_next_backup() throws Exception {
    Backup.Builder first = collected();
    Path bundle = made.resolve(first.getBundles(0).getPath());
    String sha256 = Disk.sha256(bundle);
    first.addFiles(
        BackupFile.newBuilder().setPath(first.getBundles(0).getPath()).setSha256(sha256));
    Path next = Files.createDirectory(directory.resolve("next"));

    work.collect(
        projects(), next, Backup.newBuilder(), Optional.of(Map.entry(first.build(), made)));
    assertThat(Files.isSameFile(next.resolve(first.getBundles(0).getPath()), bundle)).isTrue();

    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);
    Path third = Files.createDirectory(directory.resolve("third"));
    work.collect(
        projects(), third, Backup.newBuilder(), Optional.of(Map.entry(first.build(), made)));
    loseBranches();
    made = third;
    assertThat(broughtBack(first)).hasSize(TASKS.size());
  }

  @Test
  void a_bundle_that_cannot_be_unpacked_is_named() throws Exception {
    Backup.Builder backup = collected();
    Files.writeString(made.resolve(backup.getBundles(0).getPath()), "no bundle");
    loseObjects();
    var notes = new ArrayList<String>();
    work.bringBack(backup.build(), made, new ArrayList<>(), notes);
    assertThat(notes).singleElement().asString().contains(backup.getBundles(0).getPath());
  }

  @Test
  void a_backup_that_has_its_refs_in_the_manifest_is_still_brought_back() throws Exception {
    Map<String, String> before = branches();
    Backup.Builder backup = collected();
    BackupBundle.Builder bundle = backup.getBundlesBuilder(0);
    Files.delete(made.resolve(bundle.getRefsPath()));
    bundle.clearRefsPath().clearRefCount();
    before.forEach(
        (name, target) -> bundle.addRefs(BackupRef.newBuilder().setName(name).setTarget(target)));
    loseBranches();

    assertThat(broughtBack(backup)).hasSize(TASKS.size());
    assertThat(branches()).isEqualTo(before);
  }
}
