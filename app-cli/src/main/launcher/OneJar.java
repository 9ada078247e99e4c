import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes one jar of all the jars of a program, in the order of a class path: `java OneJar.java
/// NEW-JAR JAR...`. Run by the launcher.
///
/// A JVM that starts from an AOT cache reads the manifest of each jar whose classes are in there,
/// and opens every jar when it looks for a service. With thirty jars this is a quarter of the
/// start-up time of a short command, with ninety two fifths of that of a server. Classes of a signed
/// jar are in no cache, and its signature is checked at each start.
///
/// Classes older than Java 6 are given stack maps and the version of today's: the cache takes no
/// older ones, and picocli's are from Java 5.
final class OneJar implements AutoCloseable {
  private static final int JAVA_6 = 50;
  private static final String SERVICES = "META-INF/services/";

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

  private final ZipOutputStream out;
  private final URLClassLoader classes;
  private final ClassFile lifting;
  private final Set<String> written = new HashSet<>();
  private final Map<String, ByteArrayOutputStream> services = new LinkedHashMap<>();

  private OneJar(Path jar, List<Path> jars) throws IOException {
    var urls = new ArrayList<URL>();
    for (Path each : jars) {
      urls.add(each.toUri().toURL());
    }
    this.classes = new URLClassLoader(urls.toArray(URL[]::new));
    this.lifting =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
    this.out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)));
    write(JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\r\n\r\n".getBytes());
  }

  public static void main(String... jars) throws IOException {
    List<Path> old = Arrays.stream(jars).skip(1).map(Path::of).toList();
    try (var jar = new OneJar(Path.of(jars[0]), old)) {
      for (Path each : old) {
        jar.add(each.toFile());
      }
    }
  }

  /// A class that is there in several versions is taken in that for this Java.
  private void add(File file) throws IOException {
    try (var jar = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version())) {
      for (var entry : jar.versionedStream().filter(it -> !it.isDirectory()).toList()) {
        String name = entry.getName();
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (name.startsWith(SERVICES)) {
          var providers = services.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
          providers.writeBytes(bytes);
          providers.write('\n');
        } else if (isNeeded(name)) {
          write(name, name.endsWith(".class") ? lifted(bytes) : bytes);
        }
      }
    }
  }

  /// What says that a jar is as it was made is not true of this one.
  private static boolean isNeeded(String name) {
    return !name.equals("module-info.class")
        && !name.equals(JarFile.MANIFEST_NAME)
        && !name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)|META-INF/INDEX\\.LIST");
  }

  private byte[] lifted(byte[] bytes) {
    var model = lifting.parse(bytes);
    return model.majorVersion() < JAVA_6 ? lifting.transformClass(model, LIFT) : bytes;
  }

  /// Where two jars have the same, the first counts, as on a class path. Classes are read faster as
  /// they are; native code for many systems is large.
  private void write(String name, byte[] bytes) throws IOException {
    if (written.add(name)) {
      out.setLevel(name.endsWith(".class") ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
      out.putNextEntry(new ZipEntry(name));
      out.write(bytes);
      out.closeEntry();
    }
  }

  @Override
  public void close() throws IOException {
    for (var service : services.entrySet()) {
      write(service.getKey(), service.getValue().toByteArray());
    }
    out.close();
    classes.close();
  }
}
