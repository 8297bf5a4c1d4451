package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.PublicKeys;
import org.emberline.edge.service.access.SecretFile;
import org.emberline.edge.service.view.OwnKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With what a client shows who it is; the same for all verbs that speak CoAP. */
final class KeyOptions {
    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description = "coaps: the name that the key was made for (needed with --key-file).")
    private @Nullable String identity;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "coaps: file with the pre-shared key that 'emberline keys add' made (needed with --identity).")
    private @Nullable Path keyFile;

    @Option(
            names = "--key-pair",
            paramLabel = "FILE",
            description =
                    "coaps: instead, the own pair of raw public keys, of 'emberline keys pair' (needed with --server-key).")
    private @Nullable Path pairFile;

    @Option(
            names = "--server-key",
            paramLabel = "FILE",
            description = "coaps: the service's public key, of 'emberline keys server' (needed with --key-pair).")
    private @Nullable Path serverFile;

    /**
     * The keys that the options name.
     *
     * @throws UsageException when they do not go together
     * @throws IOException when a file cannot be read, or is open to others
     */
    OwnKeys keys() throws UsageException, IOException {
        boolean shared = identity != null || keyFile != null;
        boolean raw = pairFile != null || serverFile != null;
        if (shared && raw) {
            throw new UsageException("--identity and --key-file, or --key-pair and --server-key, not both");
        }
        if (identity != null && keyFile != null) {
            return shared(identity, keyFile);
        }
        if (pairFile != null && serverFile != null) {
            return raw(pairFile, serverFile);
        }
        if (shared || raw) {
            throw new UsageException(
                    shared
                            ? "--identity and --key-file are needed together"
                            : "--key-pair and --server-key are needed together");
        }
        return new OwnKeys.None();
    }

    private static OwnKeys shared(String identity, Path file) throws IOException {
        try {
            return new OwnKeys.Shared(identity, new Psk(SecretFile.read(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static OwnKeys raw(Path own, Path server) throws IOException {
        Path at = own;
        try {
            var pair = PublicKeys.pairOfPem(SecretFile.read(own));
            at = server;
            return new OwnKeys.Raw(pair, PublicKeys.publicOfPem(SecretFile.readOpen(server)));
        } catch (IllegalArgumentException e) {
            throw new IOException(at + ": " + e.getMessage(), e);
        }
    }
}
