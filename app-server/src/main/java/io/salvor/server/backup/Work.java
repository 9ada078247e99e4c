package io.salvor.server.backup;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.git.GitBundles;
import io.salvor.server.config.Home;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupBundle;
import io.salvor.v1.BackupFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The part of a backup that is not in the store: the work of tasks that is not merged.
public final class Work {
  private static final String FOLDER = "bundles";

  private final GitBundles bundles;

  Work(GitBundles bundles) {
    this.bundles = bundles;
  }

  /// Git children are marked with the home.
  static Work with(Home home) {
    return new Work(new GitBundles("git", "backup of " + home.root()));
  }

  /// Bundles the work of these tasks. What has not changed since an earlier backup is not made
  /// again: the file is the same one, under one more name.
  ///
  /// @param before the backup before this one, with the folder that it lies in
  void collect(
      SortedMap<String, List<DisplayId>> projects,
      Path made,
      Backup.Builder manifest,
      Optional<Map.Entry<Backup, Path>> before)
      throws IOException {
    for (var project : projects.entrySet()) {
      try {
        GitBundles.Work work = bundles.work(project.getKey(), project.getValue());
        if (work.refs().isEmpty()) {
          manifest.addNotCovered(
              "work on " + project.getKey() + ": there are no branches of its tasks any more");
        } else {
          manifest.addBundles(bundle(project.getKey(), work, made, before));
        }
      } catch (WorkspacesUnavailable e) {
        manifest.addNotCovered("work on " + project.getKey() + ": " + e.getMessage());
      }
    }
  }

  private BackupBundle bundle(
      String project, GitBundles.Work work, Path made, Optional<Map.Entry<Backup, Path>> before)
      throws IOException {
    String fingerprint = BackupPlaces.sha256(project + "\n" + work.refs() + "\n" + work.left());
    String name = FOLDER + "/" + fingerprint.substring(0, 16);
    Path file = made.resolve(name + ".bundle");
    Disk.folder(Disk.parent(file));
    if (!linked(fingerprint, file, before)) {
      bundles.write(project, work, file);
    }
    RefsFile.write(made.resolve(name + ".refs"), work.refs());
    return BackupBundle.newBuilder()
        .setProject(project)
        .setFingerprint(fingerprint)
        .setPath(Files.exists(file) ? name + ".bundle" : "")
        .setRefsPath(name + ".refs")
        .setRefCount(work.refs().size())
        .build();
  }

  /// What went bad on the disk since is not taken over.
  private static boolean linked(
      String fingerprint, Path file, Optional<Map.Entry<Backup, Path>> before) throws IOException {
    if (before.isEmpty()) {
      return false;
    }
    Backup backup = before.get().getKey();
    for (BackupBundle it : backup.getBundlesList()) {
      Path there = before.get().getValue().resolve(it.getPath());
      if (it.getFingerprint().equals(fingerprint) && isAsPublished(it.getPath(), there, backup)) {
        try {
          Files.createLink(file, there);
        } catch (IOException | UnsupportedOperationException e) {
          Files.copy(there, file);
        }
        return true;
      }
    }
    return false;
  }

  private static boolean isAsPublished(String path, Path file, Backup backup) throws IOException {
    Optional<BackupFile> published =
        backup.getFilesList().stream().filter(it -> it.getPath().equals(path)).findFirst();
    return published.isPresent()
        && Files.isRegularFile(file)
        && Disk.sha256(file).equals(published.get().getSha256());
  }

  /// Brings back what is not there any more.
  ///
  /// @param brought names of refs that were brought back
  /// @param notes what could not be, for people
  void bringBack(Backup backup, Path place, List<String> brought, List<String> notes)
      throws IOException {
    for (BackupBundle bundle : backup.getBundlesList()) {
      Path file = place.resolve(bundle.getPath().isEmpty() ? "none" : bundle.getPath());
      try {
        GitBundles.BroughtBack back =
            bundles.bringBack(bundle.getProject(), refs(bundle, place), file);
        back.broughtBack().forEach(ref -> brought.add(bundle.getProject() + " " + ref));
        back.trouble()
            .ifPresent(why ->
                notes.add(
                    file
                        + " could not be unpacked ("
                        + why
                        + "); an earlier backup may have it whole: salvor backup verify"));
        if (!back.lacking().isEmpty() && back.trouble().isEmpty()) {
          notes.add(
              bundle.getProject()
                  + " lacks what "
                  + String.join(", ", back.lacking())
                  + " build on: git -C "
                  + ShellWord.of(bundle.getProject())
                  + " fetch --all, then repeat this command");
        }
      } catch (WorkspacesUnavailable e) {
        notes.add(
            bundle.getProject()
                + " is not there ("
                + e.getMessage()
                + "); clone it there again, then repeat this command; its work is in "
                + file);
      }
    }
  }

  private static SortedMap<String, String> refs(BackupBundle bundle, Path place)
      throws IOException {
    if (!bundle.getRefsPath().isEmpty()) {
      return RefsFile.read(place.resolve(bundle.getRefsPath()));
    }
    var refs = new TreeMap<String, String>();
    bundle.getRefsList().forEach(it -> refs.put(it.getName(), it.getTarget()));
    return refs;
  }
}
