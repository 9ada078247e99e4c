package io.salvor.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// Tells an agent what earlier attempts left behind.
final class Briefing {
  private static final int LIMIT_BYTES = 16 << 10;
  private static final int COMMITS = 100;
  private static final int FILES = 100;

  private final Git git;

  Briefing(Git git) {
    this.git = git;
  }

  String of(Site site) throws IOException {
    Optional<ObjectId> base = site.base();
    Optional<ObjectId> tip = site.tip();
    if (base.isEmpty() || tip.isEmpty() || !site.ours()) {
      return "";
    }
    var text = new StringBuilder();
    if (!base.equals(tip)) {
      text.append("Commits on ").append(site.names().shortBranch()).append(":\n");
      commits(site, base.get(), tip.get(), text);
      text.append("\nChanged since the base:\n").append(diffstat(site, base.get(), tip.get()));
    }
    uncommitted(site, text);
    Inspecting.standing(site)
        .flatMap(standing -> Undertaking.in(standing.privateDir()))
        .ifPresent(
            begun -> text.append("\nUnder way and not finished: ").append(begun).append('\n'));
    return bounded(text.toString().stripLeading());
  }

  private static void commits(Site site, ObjectId base, ObjectId tip, StringBuilder text)
      throws IOException {
    try (var walk = new RevWalk(site.repository().jgit());
        ObjectReader reader = walk.getObjectReader()) {
      walk.markStart(walk.parseCommit(tip));
      walk.markUninteresting(walk.parseCommit(base));
      int count = 0;
      for (RevCommit commit : walk) {
        if (++count > COMMITS) {
          text.append("…\n");
          return;
        }
        text.append(reader.abbreviate(commit).name()).append(' ');
        text.append(commit.getShortMessage()).append('\n');
      }
    }
  }

  private String diffstat(Site site, ObjectId base, ObjectId tip) throws IOException {
    return git.must(
            GitCall.read(
                GitPlace.gitDir(site.repository().commonDir()),
                "diff",
                "--no-ext-diff",
                "--no-textconv",
                "--no-color",
                "--stat=100",
                "--stat-count=" + FILES,
                base.name(),
                tip.name()))
        .out();
  }

  private void uncommitted(Site site, StringBuilder text) throws IOException {
    Optional<Registration> standing = Inspecting.standing(site);
    if (standing.isEmpty()) {
      return;
    }
    Status status = Status.of(git, standing.get()).without(site.copied());
    if (status.clean()) {
      return;
    }
    text.append("\nUncommitted (").append(status.changes().size()).append(" files):\n");
    for (Status.Change change : status.changes().stream().limit(FILES).toList()) {
      text.append(change.index()).append(change.files()).append(' ');
      text.append(change.path()).append('\n');
    }
    if (status.changes().size() > FILES) {
      text.append("…\n");
    }
  }

  private static String bounded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LIMIT_BYTES) {
      return text;
    }
    int end = LIMIT_BYTES - 8;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "\n…\n";
  }
}
