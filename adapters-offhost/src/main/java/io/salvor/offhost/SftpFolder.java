package io.salvor.offhost;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A folder of a host that speaks SSH.
final class SftpFolder implements RemoteFolder {
  private static final int PATIENCE_MILLIS = 20_000;

  /// What begins so is not finished.
  private static final String UNFINISHED = ".new-";

  private final RemoteAddress.Sftp address;
  private final Session session;
  private final ChannelSftp channel;
  private final String root;

  private SftpFolder(RemoteAddress.Sftp address, Session session, ChannelSftp channel) {
    this.address = address;
    this.session = session;
    this.channel = channel;
    this.root = address.path().endsWith("/") ? address.path() : address.path() + "/";
  }

  static SftpFolder open(RemoteAddress.Sftp address) {
    require(address.key(), "name the private key: key = \"…\"");
    require(address.knownHosts(), "ssh-keyscan -p PORT HOST >> KNOWN_HOSTS, and compare the key");
    try {
      var ssh = new JSch();
      ssh.setKnownHosts(address.knownHosts().toString());
      ssh.addIdentity(address.key().toString());
      Session session = ssh.getSession(address.user(), address.host(), address.port());
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("PreferredAuthentications", "publickey");
      session.setTimeout(PATIENCE_MILLIS);
      session.setDaemonThread(true);
      session.connect(PATIENCE_MILLIS);
      var channel = (ChannelSftp) session.openChannel("sftp");
      channel.connect(PATIENCE_MILLIS);
      return new SftpFolder(address, session, channel);
    } catch (JSchException e) {
      throw refused(address, e);
    }
  }

  private static void require(Path file, String hint) {
    if (!Files.isReadable(file)) {
      throw RemoteFailed.lasting(
          file + " cannot be read", hint, new IllegalStateException("no file"));
    }
  }

  private static RemoteFailed refused(RemoteAddress.Sftp address, JSchException e) {
    String message = address.text() + " cannot be opened: " + e.getMessage();
    String said = String.valueOf(e.getMessage());
    boolean lasting =
        said.contains("HostKey") || said.contains("Auth") || said.contains("privatekey");
    return lasting
        ? RemoteFailed.lasting(
            message, "ssh -p " + address.port() + " " + address.user() + "@" + address.host(), e)
        : RemoteFailed.passing(message, e);
  }

  @Override
  public List<File> list(String prefix) {
    return entries(prefix).stream()
        .filter(it -> !it.isUnfinished())
        .map(it -> new File(it.name(), it.attributes().getSize()))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  private record Entry(String name, SftpATTRS attributes) {
    boolean isUnfinished() {
      return name.startsWith(UNFINISHED, folder(name).length());
    }

    boolean isOlderThan(Instant instant) {
      long seconds = Integer.toUnsignedLong(attributes.getMTime());
      return Instant.ofEpochSecond(seconds).isBefore(instant);
    }
  }

  /// With the `/` at its end; empty for a name that is in none.
  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  /// Finished or not.
  private List<Entry> entries(String prefix) {
    var found = new ArrayList<Entry>();
    collect(folder(prefix), found);
    found.removeIf(it -> !it.name().startsWith(prefix));
    return found;
  }

  private void collect(String folder, List<Entry> found) {
    try {
      for (ChannelSftp.LsEntry it : channel.ls(root + folder)) {
        String name = it.getFilename();
        if (it.getAttrs().isDir()) {
          if (!name.equals(".") && !name.equals("..")) {
            collect(folder + name + "/", found);
          }
        } else {
          found.add(new Entry(folder + name, it.getAttrs()));
        }
      }
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw failed("cannot be listed", e);
      }
    }
  }

  /// SFTP has no step that names a file only where there is none in all its servers, so it is asked
  /// before: names are never given twice by one server of ours, and only one has a home. So what an
  /// earlier try has left is nobody's, and is written over.
  @Override
  public void put(String name, Path file) {
    String folder = folder(name);
    String unfinished = root + folder + UNFINISHED + name.substring(folder.length());
    try {
      if (!exists(root + name)) {
        make(root + folder);
        channel.put(file.toString(), unfinished);
        channel.rename(unfinished, root + name);
      }
    } catch (SftpException e) {
      throw failed("does not take " + name, e);
    }
  }

  private boolean exists(String path) throws SftpException {
    try {
      channel.stat(path);
      return true;
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw e;
    }
  }

  private void make(String folder) throws SftpException {
    String trimmed = folder.replaceAll("/+$", "");
    if (trimmed.isEmpty() || exists(trimmed)) {
      return;
    }
    int slash = trimmed.lastIndexOf('/');
    if (slash > 0) {
      make(trimmed.substring(0, slash));
    }
    channel.mkdir(trimmed);
  }

  @Override
  public InputStream open(String name) {
    try {
      return channel.get(root + name);
    } catch (SftpException e) {
      throw failed("does not give " + name, e);
    }
  }

  @Override
  public void remove(String name) {
    try {
      channel.rm(root + name);
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw failed("does not let " + name + " be removed", e);
      }
    }
  }

  @Override
  public void sweep(String prefix, Instant before) {
    entries(prefix).stream()
        .filter(it -> it.isUnfinished() && it.isOlderThan(before))
        .forEach(it -> remove(it.name()));
  }

  private RemoteFailed failed(String what, SftpException e) {
    String message = address.text() + " " + what + ": " + e.getMessage();
    return e.id == ChannelSftp.SSH_FX_PERMISSION_DENIED
        ? RemoteFailed.lasting(message, "let " + address.user() + " write there", e)
        : RemoteFailed.passing(message, e);
  }

  @Override
  public void close() {
    channel.disconnect();
    session.disconnect();
  }
}
