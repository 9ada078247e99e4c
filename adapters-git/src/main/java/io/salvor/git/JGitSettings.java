package io.salvor.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// Keeps JGit to the repository's own configuration.
///
/// Left alone it starts `git config` to find the system's file, measures the disk with probe files
/// inside the user's repository and writes what it found below the user's home.
final class JGitSettings extends SystemReader.Delegate {
  private JGitSettings(SystemReader usual) {
    super(usual);
  }

  /// Takes effect for the whole process; doing it again changes nothing.
  static synchronized void apply() {
    if (!(SystemReader.getInstance() instanceof JGitSettings)) {
      SystemReader.setInstance(new JGitSettings(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Fixed(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Fixed(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Fixed(parent, fs);
  }

  /// A configuration without a file that knows only two things.
  ///
  /// The disk's time resolution, and that coarsely: a file younger than this is read again rather
  /// than trusted. And that objects and refs are on the disk before JGit goes on: what keeps work
  /// is written before the step that destroys it elsewhere, and power may fail after either.
  private static final class Fixed extends FileBasedConfig {
    private static final long RESOLUTION_MILLIS = 100;

    @SuppressWarnings("NullAway") // JGit's own way to say that there is no file
    Fixed(Config parent, FS fs) {
      super(parent, null, fs);
      setBoolean("core", null, "fsyncObjectFiles", true);
      setBoolean("core", null, "fsyncRefFiles", true);
    }

    @Override
    public void load() {
      // nothing to read
    }

    @Override
    public void save() {
      // nothing to keep
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long defaultValue, TimeUnit wantUnit) {
      return "filesystem".equals(section)
          ? wantUnit.convert(RESOLUTION_MILLIS, TimeUnit.MILLISECONDS)
          : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
    }
  }
}
