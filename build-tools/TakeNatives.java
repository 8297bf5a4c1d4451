import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies the jars of one folder into another without the native libraries inside them; those of this platform go into a folder of
 * their own, where the libraries find them by system properties and need not unpack them into the folder for temporary files. Signed jars are copied as they are. Run as a source file: {@code java TakeNatives.java FROM TO NATIVES}.
 */
final class TakeNatives {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");
    /** Pi4J has native code for arm only, and several libraries in one jar. */
    private static final Pattern ARM_ONLY = Pattern.compile("pi4j-library-.*");
    /** Asks for a module that is left out (docs/adr/0009); on the class path nobody heeds it, but jdeps would stop there. */
    private static final Pattern WRONG_DESCRIPTOR = Pattern.compile("pi4j-plugin-linuxfs-.*");

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]*\\.SF");

    private final Pattern ours;
    private final Path to;
    private final Path natives;

    private TakeNatives(Path to, Path natives) {
        this.to = to;
        this.natives = natives;
        String processor = System.getProperty("os.arch").equals("aarch64") ? "(aarch64|arm64)" : "(x86[_-]64|amd64)";
        // org/sqlite/native/Linux/x86_64/..., net/jpountz/util/linux/amd64/..., lib/libJOCL_2_0_6-linux-x86_64.so,
        // com/sun/jna/linux-x86-64/..., lib/aarch64/pi4j-gpiod/...
        ours = Pattern.compile("(?i)((.*[/-])?linux[/-]" + processor + "[/.]|lib/" + processor + "/).*");
    }

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        TakeNatives take = new TakeNatives(Path.of(arguments[1]), Path.of(arguments[2]));
        try (Stream<Path> files = Files.list(from)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                take.copy(jar);
            }
        }
    }

    private void copy(Path jar) throws IOException {
        Path copy = to.resolve(jar.getFileName());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            List<? extends ZipEntry> libraries = entries.stream().filter(TakeNatives::isNative).toList();
            boolean signed = entries.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
            String name = jar.getFileName().toString();
            if ((libraries.isEmpty() && !WRONG_DESCRIPTOR.matcher(name).matches()) || signed) {
                Files.copy(jar, copy);
                return;
            }
            List<? extends ZipEntry> kept = libraries.stream().filter(this::isOurs).toList();
            if (!libraries.isEmpty() && kept.size() != 1 && !ARM_ONLY.matcher(name).matches()) {
                System.err.println(name + ": native libraries for this platform=" + kept.size() + ", expected 1, of "
                        + libraries.stream().map(ZipEntry::getName).toList());
                System.exit(1);
            }
            for (ZipEntry library : kept) {
                try (InputStream content = zip.getInputStream(library)) {
                    Files.copy(content, natives.resolve(Path.of(library.getName()).getFileName()));
                }
            }
            write(zip, entries.stream().filter(entry -> !isLeftOut(name, entry)).toList(), copy);
        }
    }

    private static void write(ZipFile zip, List<? extends ZipEntry> entries, Path copy) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : entries) {
                ZipEntry kept = new ZipEntry(entry.getName());
                kept.setTimeLocal(entry.getTimeLocal()); // or two runs would differ
                out.putNextEntry(kept);
                try (InputStream content = zip.getInputStream(entry)) {
                    content.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private static boolean isLeftOut(String jar, ZipEntry entry) {
        return isNative(entry)
                || (entry.getName().equals("module-info.class") && WRONG_DESCRIPTOR.matcher(jar).matches());
    }

    private static boolean isNative(ZipEntry entry) {
        return NATIVE.matcher(entry.getName()).matches();
    }

    private boolean isOurs(ZipEntry entry) {
        return ours.matcher(entry.getName()).matches();
    }
}
