package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.Credential.RawPublicKey;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.PublicKeys;
import org.emberline.edge.service.access.Role;
import org.emberline.edge.service.access.SecretFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code keys}: who may speak to the service over DTLS. A service that runs takes changes up within a second. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes, lists and takes away the keys of those who may speak to the service over DTLS.",
            "A service that runs takes changes up within a second. There is no key until one is made."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:done", " 2:usage", "74:a file that cannot be read or written, or is open to others"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline keys add laptop --role observer -o laptop.key",
            "  emberline keys pair console.pem",
            "  emberline keys add console --role operator --public-key console.pem",
            "  emberline keys server > beamline.pub",
            "  emberline keys list",
            "  emberline keys remove laptop",
        })
final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of keys, coap.dtls.keys of the configuration (default: config/keys).")
    private @Nullable Path folder;

    private KeyFolder folder() {
        return new KeyFolder(folder == null ? Home.defaultConfig().resolveSibling("keys") : folder);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing, known are "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(mixinStandardHelpOptions = true, sortOptions = false, description = "Adds a client.")
    int add(
            @Parameters(paramLabel = "NAME", description = "What to call it, also the identity of its pre-shared key.")
                    String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "observer or operator.")
                    Role role,
            @Option(
                            names = "--public-key",
                            paramLabel = "FILE",
                            description = "Its raw public key, PEM; without it a pre-shared key is made.")
                    @Nullable
                    Path publicKey,
            @Option(
                            names = {"-o", "--out"},
                            paramLabel = "FILE",
                            description = "Where to put the pre-shared key; stdout without it.")
                    @Nullable
                    Path out)
            throws IOException, UsageException {
        SecureRandom random = new SecureRandom();
        if (publicKey != null && out != null) {
            throw new UsageException("--out is for pre-shared keys, which --public-key does without");
        }
        Credential credential = publicKey == null ? Psk.random(random) : read(publicKey);
        Client client;
        try {
            client = new Client(name, role, credential);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (credential instanceof Psk psk && out != null) {
            SecretFile.create(out, psk.text() + "\n");
        }
        folder().add(client, random);
        spec.commandLine().getErr().println("added " + role.word() + " " + name + " to " + folder().clientFile());
        if (credential instanceof Psk psk && out == null) {
            spec.commandLine().getOut().println(psk.text());
        }
        return ExitCode.DONE;
    }

    private static Credential read(Path file) throws IOException {
        try {
            return new RawPublicKey(PublicKeys.publicOfPem(SecretFile.readOpen(file)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes a client's key away: its next request is refused.")
    int remove(@Parameters(paramLabel = "NAME") String name) throws IOException {
        folder().remove(name);
        spec.commandLine().getErr().println("removed " + name + " from " + folder().clientFile());
        return ExitCode.DONE;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the clients: name, role, kind of key; no secrets.")
    int list() throws IOException {
        for (Client client : folder().read().clients()) {
            String kind = switch (client.credential()) {
                case Psk _ -> "psk";
                case RawPublicKey _ -> "rpk";
            };
            spec.commandLine()
                    .getOut()
                    .println(client.name() + " " + client.role().word() + " " + kind);
        }
        return ExitCode.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Makes a client's own pair of raw public keys; its public half is for 'keys add'.")
    int pair(@Parameters(paramLabel = "FILE", description = "Where to put both, PEM.") Path file) throws IOException {
        SecretFile.create(file, PublicKeys.toPem(PublicKeys.generate(new SecureRandom())));
        return ExitCode.DONE;
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints the service's public key, which its clients check.")
    int server() throws IOException {
        spec.commandLine().getOut().print(PublicKeys.toPem(folder().serverKeys().getPublic()));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
