package io.salvor.offhost;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryFolderTest extends RemoteFolderContract {
  @TempDir private Path directory;

  @Override
  RemoteFolder empty(String name) {
    return RemoteAddress.of(directory.resolve(name).toString(), Map.of()).open(Map.of());
  }
}
