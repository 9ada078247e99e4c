package io.salvor.server.backup;

import java.nio.file.Path;

/// A program that does one thing over and over and says how far it is, until it is killed.
final class KillVictim {
  static final String BEGIN = "@begin";
  static final String DONE = "@done";
  static final String WROTE = "@wrote ";

  private KillVictim() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("logback.configurationFile", "logback-quiet.xml");
    KillPhase.valueOf(arguments[0]).live(new KillWorld(Path.of(arguments[1])), new KillVictim());
  }

  /// This record was acknowledged.
  void wrote(KillWorld.Written record) {
    System.out.println(WROTE + record.seq() + " " + record.id());
  }

  void does(KillPhase.Deed deed) throws Exception {
    System.out.println(BEGIN);
    if (System.out.checkError()) {
      System.exit(1); // nobody listens any more
    }
    deed.run();
    System.out.println(DONE);
  }
}
