package io.salvor.offhost;

import io.salvor.offhost.lab.MemoryFolder;

final class MemoryFolderTest extends RemoteFolderContract {
  @Override
  RemoteFolder empty(String name) {
    return new MemoryFolder();
  }
}
