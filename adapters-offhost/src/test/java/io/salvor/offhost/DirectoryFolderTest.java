package io.salvor.offhost;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryFolderTest extends UnfinishedFilesContract {
  @TempDir private Path directory;

  @Override
  RemoteFolder empty(String name) {
    return RemoteAddress.of(behind(name).toString(), Map.of()).open(Map.of());
  }

  @Override
  Path behind(String name) {
    return directory.resolve(name);
  }
}
