package org.emberline.edge.service.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of keys: {@code clients} ({@link ClientLines}) and {@code server.pem}, the service's own pair for raw public keys. Folder and files
 * are refused when anybody but their owner may read them. There is no key until somebody makes one.
 */
public final class KeyFolder {
    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the clients stand. */
    public Path clientFile() {
        return folder.resolve("clients");
    }

    private Path serverFile() {
        return folder.resolve("server.pem");
    }

    /**
     * Who may speak to the service.
     *
     * @throws IOException when folder or file are missing or open to others, or a line cannot be read; the message names it
     */
    public KeyRing read() throws IOException {
        checkFolder();
        try {
            return new KeyRing(ClientLines.parse(
                    SecretFile.read(clientFile()), clientFile().toString()));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The service's own pair of keys.
     *
     * @throws IOException as {@link #read()}
     */
    public KeyPair serverKeys() throws IOException {
        checkFolder();
        try {
            return PublicKeys.pairOfPem(SecretFile.read(serverFile()));
        } catch (IllegalArgumentException e) {
            throw new IOException(serverFile() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds a client, and makes what is missing: the folder, and the service's own pair.
     *
     * @throws IOException when there is one of that name or with that public key already, or the files cannot be read or written
     */
    public void add(Client client, SecureRandom random) throws IOException {
        SecretFile.createFolder(folder);
        if (!Files.exists(serverFile())) {
            SecretFile.create(serverFile(), PublicKeys.toPem(PublicKeys.generate(random)));
        }
        List<Client> clients = new ArrayList<>(Files.exists(clientFile()) ? read().clients() : List.of());
        clients.add(client);
        replace(clients);
    }

    /**
     * Removes a client. A service that runs refuses it from the next request on.
     *
     * @throws IOException when there is none of that name, or the files cannot be read or written
     */
    public void remove(String name) throws IOException {
        List<Client> clients = new ArrayList<>(read().clients());
        if (!clients.removeIf(client -> client.name().equals(name))) {
            throw new IOException(clientFile() + " has no client " + name);
        }
        replace(clients);
    }

    private void replace(List<Client> clients) throws IOException {
        try {
            var _ = new KeyRing(clients);
        } catch (IllegalArgumentException e) {
            throw new IOException(clientFile() + ": " + e.getMessage(), e);
        }
        SecretFile.replace(clientFile(), ClientLines.format(clients));
    }

    private void checkFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not there; 'emberline keys add NAME --role ROLE' makes it");
        }
        SecretFile.checkPrivate(folder);
    }
}
