package io.salvor.server.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The kind of file system that a folder lies on, and whether locks and SQLite can be relied upon
/// there.
///
/// @param type as the kernel calls it: `ext4`, `nfs4`
public record FileSystem(String type) {
  /// Several hosts may have these at once: a lock of one need not hold for another, and what is
  /// shared in memory beside the write-ahead log is not shared at all.
  private static final Set<String> OF_NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "ncpfs",
          "afs",
          "ceph",
          "glusterfs",
          "lustre",
          "gpfs",
          "ocfs2",
          "gfs2",
          "fuse.sshfs",
          "fuse.glusterfs",
          "fuse.s3fs",
          "fuse.rclone",
          "davfs",
          "fuse.davfs2");

  /// Where this folder lies, or would.
  public static FileSystem of(Path folder) throws IOException {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return new FileSystem(Files.getFileStore(there).type());
  }

  /// Whether a home must not lie there.
  public boolean isOfNetwork() {
    return OF_NETWORK.contains(type);
  }
}
