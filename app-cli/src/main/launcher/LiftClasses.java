import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives the classes of a jar that are older than Java 6 the stack maps and the version of today's.
///
/// The AOT cache takes no older ones, and picocli's are from Java 5: without this, every command
/// would read and verify them anew, a third of its start-up time. Run by the launcher, as `java
/// LiftClasses.java JAR...`.
final class LiftClasses {
  private static final int JAVA_6 = 50;

  private static final ClassTransform LIFT =
      ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
          .andThen(
              (type, element) -> {
                if (element instanceof ClassFileVersion) {
                  type.withVersion(ClassFile.JAVA_25_VERSION, 0);
                } else {
                  type.with(element);
                }
              });

  private LiftClasses() {}

  public static void main(String... jars) throws IOException {
    for (String jar : jars) {
      lift(Path.of(jar));
    }
  }

  private static void lift(Path jar) throws IOException {
    Path lifted = jar.resolveSibling(jar.getFileName() + ".lifted");
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        var in = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(lifted))) {
      var classFile =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ConstantPoolSharingOption.NEW_POOL,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (var entries = in.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class")) {
          var model = classFile.parse(bytes);
          if (model.majorVersion() < JAVA_6) {
            bytes = classFile.transformClass(model, LIFT);
          }
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
    Files.move(lifted, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
