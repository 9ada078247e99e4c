package io.salvor.offhost;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
    int slash = prefix.lastIndexOf('/');
    var found = new ArrayList<File>();
    collect(slash < 0 ? "" : prefix.substring(0, slash + 1), found);
    found.removeIf(it -> !it.name().startsWith(prefix));
    found.sort((one, other) -> one.name().compareTo(other.name()));
    return found;
  }

  private void collect(String folder, List<File> found) {
    try {
      for (ChannelSftp.LsEntry it : channel.ls(root + folder)) {
        String name = it.getFilename();
        if (it.getAttrs().isDir()) {
          if (!name.equals(".") && !name.equals("..")) {
            collect(folder + name + "/", found);
          }
        } else if (!name.startsWith(UNFINISHED)) {
          found.add(new File(folder + name, it.getAttrs().getSize()));
        }
      }
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw failed("cannot be listed", e);
      }
    }
  }

  /// SFTP has no step that names a file only where there is none in all its servers, so it is asked
  /// before: names are never given twice by one server of ours, and only one has a home.
  @Override
  public boolean put(String name, Path file) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash + 1);
    String unfinished = root + folder + UNFINISHED + UUID.randomUUID();
    try {
      if (exists(root + name)) {
        return false;
      }
      make(root + folder);
      channel.put(file.toString(), unfinished);
      channel.rename(unfinished, root + name);
      return true;
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
