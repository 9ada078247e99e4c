package io.salvor.server.wiring;

import io.salvor.v1.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Tells clients on this host where the server listens: lines of `name=value`, replaced as a whole.
final class AddressFile {
  private AddressFile() {}

  static void write(Path file, Addresses addresses, long pid) throws IOException {
    String text =
        "socket=%s%ngrpc=%s%nhttp=%s%npid=%d%n"
            .formatted(addresses.getSocket(), addresses.getGrpc(), addresses.getHttp(), pid);
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(made, text);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
